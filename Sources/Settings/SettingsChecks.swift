import Dialects
import Vocabulary

/// What can only be checked once everything is read: names against each other, and values that exclude one another.
struct SettingsChecks {
    let settings: Settings
    /// Where each written value stands, by key.
    let origins: [String: SettingsPlace]
    private(set) var problems: [SettingsProblem] = []
    private(set) var warnings: [SettingsProblem] = []

    init(_ settings: Settings, origins: [String: SettingsPlace]) {
        self.settings = settings
        self.origins = origins
    }

    /// Runs every check.
    mutating func run() {
        checkNames(settings.providers.map(\.name), "providers", "provider")
        checkNames(settings.models.map(\.name), "models", "model")
        checkModels()
        for (index, provider) in settings.providers.enumerated() { check(provider, "providers[\(index)]") }
        checkPrices()
        checkJournal()
        checkTimeouts()
    }

    private func place(of key: String) -> SettingsPlace { origins[key] ?? .builtIn }

    private mutating func report(_ code: SettingsProblem.Code, _ key: String, _ message: String) {
        problems.append(SettingsProblem(code, at: place(of: key), key: key, message))
    }

    private mutating func warn(_ code: SettingsProblem.Code, _ key: String, _ message: String) {
        warnings.append(SettingsProblem(code, at: place(of: key), key: key, message))
    }

    private mutating func checkNames(_ names: [String], _ list: String, _ what: String) {
        var first: [String: Int] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty {
            guard let earlier = first[name] else {
                first[name] = index
                continue
            }
            let other = place(of: "\(list)[\(earlier)].name")
            report(.duplicateName, "\(list)[\(index)].name", "there is another \(what) named \"\(name)\" at \(other)")
        }
    }

    private mutating func checkModels() {
        let names = Set(settings.providers.map(\.name)).subtracting([""]).sorted()
        for (index, model) in settings.models.enumerated() where !model.provider.isEmpty {
            guard !names.contains(model.provider) else { continue }
            let known = names.isEmpty ? "; none is configured" : ". Configured: " + names.joined(separator: ", ")
            let hint = NearestName.hint(model.provider, in: names)
            let message = "there is no provider \"\(model.provider)\"\(hint.isEmpty ? known : hint + known.dropFirst())"
            report(.unknownProvider, "models[\(index)].provider", message)
        }
    }

    /// Without a preset, dialect and address must be written; with one, what it asks for.
    private mutating func checkPreset(_ provider: Settings.Provider, _ key: String) {
        guard let preset = provider.preset.flatMap(ProviderPreset.named) else {
            if origins["\(key).preset"] != nil || key.isEmpty { return }
            for name in ["dialect", "base_url"] where origins["\(key).\(name)"] == nil && origins[key] != nil {
                report(.missingKey, key, "\"\(name)\" is needed where there is no preset")
            }
            return
        }
        let written = Set(provider.settings.map(\.name))
        for setting in preset.settings where setting.fallback == nil && !written.contains(setting.name) {
            guard origins["\(key).base_url"] == nil || !preset.baseURL.contains("{\(setting.name)}") else { continue }
            report(
                .missingKey, "\(key).settings.\(setting.name)",
                "\(preset.title) needs it: \(setting.title), for example \(setting.example)")
        }
    }

    private mutating func check(_ provider: Settings.Provider, _ key: String) {
        checkPreset(provider, key)
        if let secret = provider.apiKey, secret.isEmpty {
            warn(.badValue, "\(key).api_key", "the key is empty; calls go out without one")
        }
        // The gateway writes these itself; a second value would let two ends disagree about where a message ends.
        let reserved = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"]
        for header in provider.headers {
            let name = "\(key).headers.\(header.name)"
            if header.name.isEmpty || !header.name.utf8.allSatisfy(isTokenByte) {
                report(.badValue, name, "a header's name is made of letters, digits and -")
            } else if reserved.contains(header.name.lowercased()) {
                report(.conflict, name, "this header is Signalbox's own to write; remove it")
            }
        }
        if provider.caFile != nil, !provider.baseURL.isTLS {
            warn(.conflict, "\(key).ca_file", "has no effect: the base URL is http, without TLS")
        }
    }

    private mutating func checkPrices() {
        var first: [String: Int] = [:]
        for (index, price) in settings.prices.enumerated() {
            let key = "prices[\(index)]"
            if price.nanodollarsPerMillion.isEmpty {
                report(.missingKey, key, "no price is given; write at least one, such as \"input\"")
            }
            let identity = "\(price.provider)/\(price.model)@\(price.effectiveFrom ?? "always")"
            if let earlier = first[identity] {
                let other = place(of: "prices[\(earlier)]")
                report(.duplicateName, key, "there is another price for \(readable(identity)) at \(other)")
            }
            first[identity] = first[identity] ?? index
        }
    }

    private mutating func checkJournal() {
        let journal = settings.journal
        guard journal.segmentBytes > journal.maximumBytes / 2 else { return }
        // With one segment only, nothing could be reclaimed while it is written to.
        let bound = SizeText.show(journal.maximumBytes / 2)
        let key = origins["journal.segment_bytes"] == nil ? "journal.maximum_bytes" : "journal.segment_bytes"
        report(.conflict, key, "segment_bytes must be at most half of maximum_bytes, here \(bound)")
    }

    private mutating func checkTimeouts() {
        let timeouts = settings.timeouts
        for (name, value) in [
            ("connect", timeouts.connect), ("first_byte", timeouts.firstByte), ("idle", timeouts.idle),
        ]
        where value > timeouts.total {
            let key = origins["timeouts.\(name)"] == nil ? "total" : name
            warn(.conflict, "timeouts.\(key)", "\(name) is longer than total and can't be reached")
        }
    }
}

/// Bytes of an HTTP header's name (RFC 9110, `token`).
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: isDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
