import Bytes
import Routing
import Vocabulary

/// One of Portkey's configurations as a route. What a call may not bring (keys, addresses) becomes a provider here; the
/// rest is read by the reader that also reads the header.
enum PortkeyImport {
    private static let credentials = [
        "api_key", "custom_host", "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_region",
        "vertex_project_id", "vertex_region", "azure_resource_name", "azure_deployment_id", "azure_api_version",
    ]
    private static let hooks = [
        "input_guardrails", "output_guardrails", "before_request_hooks", "after_request_hooks", "guardrails",
    ]

    static func read(_ tree: ImportTree, name: String, into draft: inout ImportDraft) throws(ImportError) {
        // A saved configuration comes wrapped in what the API says about it.
        let config = tree["config"] ?? tree
        let cleaned = clean(config, place: "", &draft)
        let json = TreeJSON.bytes(cleaned)
        let result: Result<RoutePreferences, RouteFault> = json.withUnsafeBytes { bytes in
            do throws(RouteFault) {
                return .success(try PortkeyConfig.read(json: JSONView(validated: bytes), model: name))
            } catch {
                return .failure(error)
            }
        }
        do {
            add(try result.get(), tree["name"]?.text ?? name, &draft)
        } catch {
            throw ImportError("\(error)")
        }
    }

    private static func add(_ read: RoutePreferences, _ name: String, _ draft: inout ImportDraft) {
        guard let node = read.node else {
            return draft.note(
                .lost, "targets", "the configuration names no target, so that there is nothing to route to")
        }
        var route = RouteDefinition(name: name, root: node)
        route.parameters = read.parameters
        route.timeouts = read.timeouts
        if let attempts = read.retry.attempts {
            route.retry.attempts = attempts
            route.retry.statuses = read.retry.statuses
        }
        draft.addRoute(route)
        if node.asksForRouteName {
            draft.note(
                .todo, "targets",
                "targets without `override_params.model` are asked for a model named `\(name)`; give them one")
        }
        for note in read.notes { draft.note(.lost, note.name, "is not done here") }
    }

    /// Takes out what can't stand in a route, and names the provider of each target.
    private static func clean(_ tree: ImportTree, place: String, _ draft: inout ImportDraft) -> ImportTree {
        guard case .mapping(let members) = tree else { return tree }
        var kept: [ImportTree.Member] = []
        for member in members where !credentials.contains(member.key) {
            let here = place.isEmpty ? member.key : "\(place).\(member.key)"
            if hooks.contains(member.key) {
                draft.note(.lost, here, "guardrails and hooks are not part of routes; calls would pass without them")
            } else if member.key == "targets" {
                var targets: [ImportTree] = []
                for (at, target) in member.value.elements.enumerated() {
                    targets.append(clean(target, place: "\(here)[\(at)]", &draft))
                }
                kept.append(.init(key: "targets", value: .list(targets)))
            } else if !["provider", "virtual_key"].contains(member.key) {
                kept.append(member)
            }
        }
        if let name = provider(tree, place: place, &draft) { kept.append(.init(key: "provider", value: .scalar(name))) }
        return .mapping(kept)
    }

    private static func provider(_ tree: ImportTree, place: String, _ draft: inout ImportDraft) -> String? {
        guard let named = tree.first("provider", "virtual_key")?.text else { return nil }
        let slug = named.hasPrefix("@") ? String(named.dropFirst()) : named
        let here = place.isEmpty ? "provider" : "\(place).provider"
        var provider = ImportDraft.Provider()
        if let preset = KnownProviders.preset(slug) {
            provider = KnownProviders.provider(preset, place: here, &draft)
        } else if let guess = slug.split(separator: "-").first.flatMap({ KnownProviders.preset(String($0)) }) {
            provider = KnownProviders.provider(guess, place: here, &draft)
            provider.apiKey = .variable(KnownProviders.variable(slug, "API_KEY"))
            draft.note(.changed, here, "`\(named)` is taken for \(guess); what it stands for is kept at Portkey")
        } else {
            provider.dialect = "openai"
            provider.baseURL = .variable(KnownProviders.variable(slug, "BASE_URL"))
            provider.apiKey = .variable(KnownProviders.variable(slug, "API_KEY"))
            draft.note(.todo, here, "what `\(named)` stands for is kept at Portkey; set its address and key")
        }
        credentials(tree, place, slug, &provider, &draft)
        return draft.name(of: provider, wanted: slug)
    }

    private static func credentials(
        _ tree: ImportTree, _ place: String, _ slug: String, _ provider: inout ImportDraft.Provider,
        _ draft: inout ImportDraft
    ) {
        if let host = tree["custom_host"]?.text { provider.baseURL = .text(host) }
        if tree["api_key"] != nil {
            let variable = KnownProviders.variable(slug, "API_KEY")
            provider.apiKey = .variable(variable)
            draft.note(.todo, "\(place).api_key", "the secret in the file was not copied; set \(variable) to it")
        }
        for name in credentials where !["api_key", "custom_host"].contains(name) && tree[name] != nil {
            draft.note(.todo, "\(place).\(name)", "set it on provider `\(slug)`")
        }
    }
}

extension RouteNode {
    /// Whether some target has no model of its own.
    var asksForRouteName: Bool {
        switch self {
        case .target(let target): target.model == nil
        case .group(let group): group.members.contains { $0.node.asksForRouteName }
        case .route: false
        }
    }
}
