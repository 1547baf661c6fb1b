import Routing

/// A function: variants by weight, each a model with parameters of its own.
enum TensorZeroFunction {
    private static let parameters = [
        "temperature", "top_p", "max_tokens", "presence_penalty", "frequency_penalty", "seed", "stop_sequences",
    ]
    private static let read = parameters + ["type", "model", "weight", "retries"]

    static func add(_ name: String, _ tree: ImportTree, _ draft: inout ImportDraft) {
        let place = "functions.\(name)"
        let weights = tree["experimentation"]?["candidate_variants"]?.members ?? []
        var members: [RouteMember] = []
        for variant in tree["variants"]?.members ?? [] {
            let here = "\(place).variants.\(variant.key)"
            guard (variant.value["type"]?.text ?? "chat_completion") == "chat_completion",
                let model = variant.value["model"]?.text
            else {
                draft.note(.lost, here, "only chat_completion variants with a model can be routed to")
                continue
            }
            let weight = weights.first { $0.key == variant.key }?.value.number ?? variant.value["weight"]?.number
            members.append(member(variant, model, weight ?? 1, &draft))
            for member in variant.value.members where !read.contains(member.key) && !member.value.isBlank {
                draft.note(
                    .lost, "\(here).\(member.key)",
                    "prompts and templates are not part of routes: callers send the messages")
            }
        }
        guard !members.isEmpty else { return draft.note(.lost, place, "has no variant that can be used") }
        var route = RouteDefinition(
            name: "tensorzero::function_name::\(name)", root: .group(RouteGroup(.weighted, members: members)))
        route.stickiness = .session(ttl: nil)
        draft.addRoute(route)
        for member in tree.members
        where !["type", "variants", "experimentation"].contains(member.key) && !member.value.isBlank {
            draft.note(.lost, "\(place).\(member.key)", "schemas and tools come with each call")
        }
    }

    private static func member(
        _ variant: ImportTree.Member, _ model: String, _ weight: Double, _ draft: inout ImportDraft
    ) -> RouteMember {
        let defaults = parameters.compactMap { name -> ParameterEdits.Member? in
            guard let value = variant.value[name] else { return nil }
            let json = String(decoding: TreeJSON.bytes(value), as: UTF8.self)
            return ParameterEdits.Member(name == "stop_sequences" ? "stop" : name, json: json)
        }
        return RouteMember(
            .route(RouteLink(link(model, &draft), parameters: ParameterEdits(defaults: defaults))), name: variant.key,
            weight: weight)
    }

    /// `provider::model` is a model of that provider, without a table of its own.
    private static func link(_ model: String, _ draft: inout ImportDraft) -> String {
        let parts = model.split(separator: ":", omittingEmptySubsequences: true)
        guard model.contains("::"), parts.count == 2, let preset = KnownProviders.preset(String(parts[0])) else {
            return model
        }
        let provider = KnownProviders.provider(preset, place: "functions", &draft)
        return "\(draft.name(of: provider, wanted: preset))/\(parts[1])"
    }
}
