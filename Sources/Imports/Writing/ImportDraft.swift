import Bytes
import Routing

/// The configuration while it is put together.
struct ImportDraft {
    /// A provider; two that differ in anything are two.
    struct Provider: Equatable {
        var preset: String?
        var dialect: String?
        var baseURL: SettingsTree?
        var apiKey: SettingsTree?
        var settings: [(key: String, value: SettingsTree)] = []
        var others: [(key: String, value: SettingsTree)] = []

        static func == (a: Provider, b: Provider) -> Bool { a.tree == b.tree }

        /// The members after the name.
        var tree: SettingsTree {
            var members: [(key: String, value: SettingsTree)] = []
            if let preset { members.append(("preset", .text(preset))) }
            if let dialect { members.append(("dialect", .text(dialect))) }
            if let baseURL { members.append(("base_url", baseURL)) }
            if let apiKey { members.append(("api_key", apiKey)) }
            if !settings.isEmpty { members.append(("settings", .mapping(settings))) }
            return .mapping(members + others)
        }
    }

    private var providers: [(name: String, provider: Provider)] = []
    private var models: [(name: String, value: SettingsTree)] = []
    private var routes: [RouteDefinition] = []
    private var prices: [SettingsTree] = []
    private var pricedModels: Set<String> = []
    private var top: [(key: String, value: SettingsTree)] = []
    var requests: [ImportRequest] = []
    private(set) var notes: [ImportNote] = []

    // MARK: Filling

    mutating func note(_ kind: ImportNote.Kind, _ place: String, _ message: String) {
        let note = ImportNote(kind: kind, place: place, message: message)
        if !notes.contains(note) { notes.append(note) }
    }

    /// The name of this provider; a new one if there is none like it.
    mutating func name(of provider: Provider, wanted: String) -> String {
        if let known = providers.first(where: { $0.provider == provider }) { return known.name }
        let base = Self.identifier(wanted)
        var name = base
        var number = 2
        while providers.contains(where: { $0.name == name }) {
            name = "\(base)-\(number)"
            number += 1
        }
        providers.append((name, provider))
        return name
    }

    /// True if there is a provider of that name.
    func hasProvider(_ name: String) -> Bool { providers.contains { $0.name == name } }

    mutating func addModel(_ name: String, provider: String, upstream: String) {
        guard !models.contains(where: { $0.name == name }) else { return }
        var members: [(key: String, value: SettingsTree)] = [("name", .text(name)), ("provider", .text(provider))]
        if upstream != name { members.append(("upstream_model", .text(upstream))) }
        models.append((name, .mapping(members)))
    }

    mutating func addRoute(_ route: RouteDefinition) {
        routes.removeAll { $0.name == route.name }
        routes.append(route)
    }

    mutating func addPrice(provider: String, model: String, _ prices: [(key: String, value: String)]) {
        guard !prices.isEmpty, pricedModels.insert("\(provider)/\(model)").inserted else { return }
        self.prices.append(
            .mapping(
                [("provider", .text(provider)), ("model", .text(model))] + prices.map { ($0.key, .plain($0.value)) }))
    }

    mutating func set(_ key: String, _ value: SettingsTree) {
        top.removeAll { $0.key == key }
        top.append((key, value))
    }

    /// A letter first, then letters, digits, `.`, `_` and `-`.
    static func identifier(_ text: String) -> String {
        let bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                byte
            default: UInt8(ascii: "-")
            }
        }
        return bytes.isEmpty ? "provider" : String(decoding: bytes.prefix(64), as: UTF8.self)
    }

    // MARK: The end

    func result(from source: String) -> ImportResult {
        var sections = top
        let named = providers.map { name, provider -> SettingsTree in
            guard case .mapping(let members) = provider.tree else { return .mapping([]) }
            return .mapping([("name", .text(name))] + members)
        }
        if !named.isEmpty { sections.append(("providers", .list(named))) }
        if !models.isEmpty { sections.append(("models", .list(models.map(\.value)))) }
        if !routes.isEmpty { sections.append(("routes", .list(routes.map(Self.tree)))) }
        if !prices.isEmpty { sections.append(("prices", .list(prices))) }
        let lines = ["# Made from \(source) by `signalbox import`. docs/import.md says what to look at."]
        let body = sections.map { SettingsText.lines($0.key, $0.value).joined(separator: "\n") }
        let variables = Set(sections.flatMap { Self.variables($0.value) }).sorted()
        return ImportResult(
            yaml: (lines + body).joined(separator: "\n\n") + "\n", requests: requests, notes: notes,
            variables: variables)
    }

    /// A number of retries alone, where everything else about them is the default.
    private static func tree(_ route: RouteDefinition) -> SettingsTree {
        var writer = JSONWriter()
        route.write(to: &writer)
        let tree = writer.bytes.withUnsafeBytes { SettingsTree(JSONView(validated: $0)) }
        guard route.retry == RetryRules(attempts: route.retry.attempts), case .mapping(let members) = tree else {
            return tree
        }
        return .mapping(members.map { $0.key == "retry" ? ($0.key, .plain("\(route.retry.attempts)")) : $0 })
    }

    private static func variables(_ tree: SettingsTree) -> [String] {
        switch tree {
        case .variable(let name): [name]
        case .list(let elements): elements.flatMap(variables)
        case .mapping(let members): members.flatMap { variables($0.value) }
        case .text, .plain: []
        }
    }
}
