import Routing

/// TensorZero's `tensorzero.toml`: models and functions become routes.
enum TensorZeroImport {
    private static let known = ["models", "embedding_models", "functions", "gateway"]
    private static let reasons = [
        "tools": "tools come with each call", "metrics": "feedback is not part of the configuration",
        "evaluations": "evaluations are not part of the configuration",
        "optimizers": "optimisation is not part of the configuration",
        "rate_limiting": "set limits on keys, users or customers",
        "clickhouse": "no ClickHouse is needed", "postgres": "no PostgreSQL is needed",
        "object_storage": "files are passed through", "provider_types": "set api_key on each provider",
    ]

    static func read(_ tree: ImportTree, into draft: inout ImportDraft) {
        for table in ["models", "embedding_models"] {
            for model in tree[table]?.members ?? [] { add(model.key, model.value, "\(table).\(model.key)", &draft) }
        }
        for function in tree["functions"]?.members ?? [] {
            TensorZeroFunction.add(function.key, function.value, &draft)
        }
        if let address = tree["gateway"]?["bind_address"]?.text { draft.set("listen", .text(address)) }
        for member in tree["gateway"]?.members ?? [] where member.key != "bind_address" && !member.value.isBlank {
            draft.note(.lost, "gateway.\(member.key)", "has no counterpart here")
        }
        for member in tree.members where !known.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, member.key, reasons[member.key] ?? "has no counterpart here")
        }
    }

    /// The providers in the order of `routing`, each tried when the one before failed.
    private static func add(_ name: String, _ tree: ImportTree, _ place: String, _ draft: inout ImportDraft) {
        let providers = tree["providers"]?.members ?? []
        let order = tree["routing"]?.elements.compactMap(\.text) ?? providers.map(\.key)
        var references: [TargetReference] = []
        for key in order {
            guard let found = providers.first(where: { $0.key == key })?.value else {
                draft.note(.lost, "\(place).routing", "`\(key)` has no providers table")
                continue
            }
            if let reference = target(key, found, "\(place).providers.\(key)", &draft) { references.append(reference) }
        }
        guard let first = references.first else { return draft.note(.lost, place, "has no provider that can be used") }
        var route = RouteDefinition(
            name: name, root: .group(RouteGroup(.fallback, members: references.map { RouteMember(.target($0)) })))
        route.aliases = ["tensorzero::model_name::\(name)"]
        if let attempts = tree["retries"]?["num_retries"]?.integer {
            route.retry.attempts = Int(min(Int64(RetryRules.mostAttempts), max(0, attempts)))
        }
        if references.count == 1 { route.root = .target(first) }
        draft.addRoute(route)
        if tree["timeouts"] != nil { draft.note(.lost, "\(place).timeouts", "set `timeouts` on the route") }
    }

    private static let read = [
        "type", "model_name", "api_base", "api_key_location", "cost", "model_id", "region",
        "deployment_id", "endpoint",
    ]

    private static func target(
        _ key: String, _ tree: ImportTree, _ place: String, _ draft: inout ImportDraft
    ) -> TargetReference? {
        let type = tree["type"]?.text ?? key
        guard let model = tree.first("model_name", "model_id", "deployment_id")?.text else {
            draft.note(.lost, place, "names no model")
            return nil
        }
        guard let preset = KnownProviders.preset(type) else {
            draft.note(.lost, "\(place).type", "`\(type)` is not known here")
            return nil
        }
        var provider = ImportDraft.Provider(preset: preset)
        if let base = tree["api_base"]?.text { provider.baseURL = .text(base) }
        if preset == "azure-openai" { LiteLLMProvider.azure(tree["endpoint"]?.text, place, &provider, &draft) }
        if preset == "bedrock" {
            if let region = tree["region"]?.text { provider.settings = [("region", .text(region))] }
        } else {
            provider.apiKey = credential(tree["api_key_location"]?.text, preset, place, &draft)
        }
        let name = draft.name(of: provider, wanted: preset)
        prices(tree["cost"], name, model, place, &draft)
        for member in tree.members where !read.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, "\(place).\(member.key)", "has no counterpart here")
        }
        return TargetReference(provider: name, model: model)
    }

    /// `env::NAME`; a key that comes with each call, or none, is said.
    private static func credential(
        _ location: String?, _ preset: String, _ place: String, _ draft: inout ImportDraft
    ) -> SettingsTree? {
        guard let location else { return KnownProviders.keyVariable(preset).map { .variable($0) } }
        if location.hasPrefix("env::") { return .variable(String(location.dropFirst("env::".count))) }
        if location == "none" { return nil }
        draft.note(
            .todo, "\(place).api_key_location",
            "`\(location)` can't be taken over; the key is read from the environment")
        return KnownProviders.keyVariable(preset).map { .variable($0) }
    }

    private static func prices(
        _ cost: ImportTree?, _ provider: String, _ model: String, _ place: String, _ draft: inout ImportDraft
    ) {
        let pointers = [
            "/usage/prompt_tokens": "input", "/usage/completion_tokens": "output", "/usage/input_tokens": "input",
            "/usage/output_tokens": "output", "/usage/prompt_tokens_details/cached_tokens": "cache_read",
            "/usage/cache_read_input_tokens": "cache_read",
        ]
        var prices: [(key: String, value: String)] = []
        for entry in cost?.elements ?? [] {
            let pointer = entry["pointer"]?.text ?? entry["pointer_nonstreaming"]?.text ?? ""
            guard let ours = pointers[pointer], let amount = entry["cost_per_million"]?.text,
                !prices.contains(where: { $0.key == ours })
            else {
                draft.note(.lost, "\(place).cost", "`\(pointer)` is no count that is priced here")
                continue
            }
            prices.append((ours, amount))
        }
        draft.addPrice(provider: provider, model: model, prices)
    }
}
