/// The provider that a deployment's parameters describe.
enum LiteLLMProvider {
    static func read(
        _ parameters: ImportTree, prefix: String, place: String, _ draft: inout ImportDraft
    ) -> ImportDraft.Provider? {
        let place = "\(place).litellm_params"
        let base = parameters.first("api_base", "base_url")?.text
        var provider = ImportDraft.Provider()
        if let preset = KnownProviders.preset(prefix) {
            provider.preset = preset
        } else if let base {
            provider.dialect = "openai"
            if !KnownProviders.generic.contains(prefix) {
                draft.note(
                    .changed, place, "`\(prefix)` is not known here; it is taken to speak OpenAI's API at \(base)")
            }
        } else {
            draft.note(.lost, "\(place).model", "`\(prefix)` is not known here, and there is no api_base")
            return nil
        }
        settings(parameters, base, place, &provider, &draft)
        if let key = parameters["api_key"]?.text {
            provider.apiKey = secret(key, "\(place).api_key", provider.preset ?? prefix, &draft)
        } else if let preset = provider.preset, preset != "bedrock", preset != "vertex" {
            provider.apiKey = KnownProviders.keyVariable(preset).map { .variable($0) }
        }
        headers(parameters, place, &provider, &draft)
        return provider
    }

    /// `os.environ/NAME` as a reference. A secret that stands in the file is not copied.
    static func secret(_ text: String, _ place: String, _ name: String, _ draft: inout ImportDraft) -> SettingsTree {
        if let variable = reference(text) { return .variable(variable) }
        let variable = KnownProviders.variable(name, "API_KEY")
        draft.note(.todo, place, "the secret in the file was not copied; set \(variable) to it")
        return .variable(variable)
    }

    private static func reference(_ text: String) -> String? {
        text.hasPrefix("os.environ/") ? String(text.dropFirst("os.environ/".count)) : nil
    }

    private static func value(_ text: String) -> SettingsTree {
        reference(text).map { .variable($0) } ?? .text(text)
    }

    private static func settings(
        _ parameters: ImportTree, _ base: String?, _ place: String, _ provider: inout ImportDraft.Provider,
        _ draft: inout ImportDraft
    ) {
        func add(_ name: String, _ theirs: String...) {
            let found = theirs.lazy.compactMap { parameters[$0]?.text }.first
            if let found { provider.settings.append((name, value(found))) }
        }
        switch provider.preset {
        case "azure-openai":
            azure(base, place, &provider, &draft)
            add("api_version", "api_version")
        case "bedrock":
            add("region", "aws_region_name")
            for name in ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"] {
                guard let text = parameters[name]?.text else { continue }
                provider.others.append((name, secret(text, "\(place).\(name)", name, &draft)))
            }
        case "vertex":
            add("project", "vertex_project", "vertex_ai_project")
            add("location", "vertex_location", "vertex_ai_location")
            if let path = parameters["vertex_credentials"]?.text {
                provider.others.append(("service_account", value(path)))
            }
        default:
            if let base { provider.baseURL = value(base) }
        }
    }

    /// `https://<resource>.openai.azure.com` is a setting; any other address stays one.
    static func azure(
        _ base: String?, _ place: String, _ provider: inout ImportDraft.Provider, _ draft: inout ImportDraft
    ) {
        guard let base else {
            provider.settings.append(("resource", .variable("AZURE_OPENAI_RESOURCE")))
            return draft.note(
                .todo, "\(place).api_base", "is missing; set AZURE_OPENAI_RESOURCE to the resource's name")
        }
        let host = base.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        if host.hasSuffix(".openai.azure.com") {
            provider.settings.append(("resource", .text(String(host.dropLast(".openai.azure.com".count)))))
        } else {
            provider.baseURL = value(base)
        }
    }

    private static func headers(
        _ parameters: ImportTree, _ place: String, _ provider: inout ImportDraft.Provider, _ draft: inout ImportDraft
    ) {
        let pairs = parameters["extra_headers"]?.members ?? []
        let values = pairs.compactMap { pair in pair.value.text.map { (key: pair.key, value: value($0)) } }
        if !values.isEmpty { provider.others.append(("headers", .mapping(values))) }
    }
}
