import Routing

/// LiteLLM's `config.yaml`.
enum LiteLLMImport {
    private static let known = [
        "model_list", "litellm_settings", "router_settings", "general_settings", "environment_variables",
    ]

    static func read(_ tree: ImportTree, into draft: inout ImportDraft) {
        var groups: [(name: String, targets: [LiteLLMDeployment])] = []
        for (at, entry) in (tree["model_list"]?.elements ?? []).enumerated() {
            let place = "model_list[\(at)]"
            guard let name = entry["model_name"]?.text else {
                draft.note(.lost, place, "has no model_name")
                continue
            }
            guard let target = LiteLLMDeployment(entry, place: place, &draft) else { continue }
            if name.contains("*") {
                wildcard(name, target, place, &draft)
            } else if let known = groups.firstIndex(where: { $0.name == name }) {
                groups[known].targets.append(target)
            } else {
                groups.append((name, [target]))
            }
        }
        LiteLLMRoutes(tree, groups).write(into: &draft)
        LiteLLMSettings.read(tree, into: &draft)
        for member in tree.members where !known.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, member.key, "has no counterpart here")
        }
    }

    /// A provider serves every model as `provider/model` without being told.
    private static func wildcard(
        _ name: String, _ target: LiteLLMDeployment, _ place: String, _ draft: inout ImportDraft
    ) {
        let prefix = name.split(separator: "/").first.map(String.init) ?? ""
        if name == "\(target.provider)/*" {
            draft.note(
                .changed, place,
                "`\(name)` needs no entry: every model of provider `\(target.provider)` can be called as "
                    + "\(target.provider)/<model>"
            )
        } else if prefix == "*" || prefix.contains("*") {
            draft.note(
                .changed, place,
                "`\(name)` became provider `\(target.provider)`; callers write \(target.provider)/<model>")
        } else {
            draft.note(
                .changed, place, "`\(name)`: callers write \(target.provider)/<model> instead of \(prefix)/<model>")
        }
    }
}

/// One entry of `model_list`.
struct LiteLLMDeployment {
    var provider: String
    var upstreamModel: String
    var weight: Double?
    var order: Int?
    var timeout: Double?
    var place: String

    private static let read = [
        "model", "api_key", "api_base", "base_url", "api_version", "weight", "order", "timeout", "aws_region_name",
        "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "vertex_project", "vertex_location",
        "vertex_ai_project", "vertex_ai_location", "vertex_credentials", "input_cost_per_token",
        "output_cost_per_token", "cache_read_input_token_cost", "cache_creation_input_token_cost", "extra_headers",
    ]
    private static let reasons = [
        "rpm": "limits per deployment do not exist here; set limits on keys, teams or projects",
        "tpm": "limits per deployment do not exist here; set limits on keys, teams or projects",
        "cooldown_time": "breakers belong to the provider and have their own times",
        "stream_timeout": "set `timeouts: {first_token: ...}` on the route",
        "max_retries": "set `retry` on the route", "num_retries": "set `retry` on the route",
        "silent_model": "mirrored calls do not exist here",
    ]

    init?(_ entry: ImportTree, place: String, _ draft: inout ImportDraft) {
        let parameters = entry["litellm_params"] ?? .mapping([])
        self.place = place
        guard let model = parameters["model"]?.text else {
            draft.note(.lost, "\(place).litellm_params.model", "is missing")
            return nil
        }
        let (prefix, name) = Self.split(model)
        upstreamModel = name
        guard let found = LiteLLMProvider.read(parameters, prefix: prefix, place: place, &draft) else { return nil }
        provider = draft.name(of: found, wanted: found.preset ?? prefix)
        weight = parameters["weight"]?.number
        order = parameters["order"]?.integer.map { Int($0) }
        timeout = parameters["timeout"]?.number
        for member in parameters.members where !Self.read.contains(member.key) && !member.value.isBlank {
            let reason =
                Self.reasons[member.key] ?? "has no counterpart here; fixed parameters go into `parameters` of a route"
            draft.note(.lost, "\(place).litellm_params.\(member.key)", reason)
        }
        price(parameters, entry["model_info"] ?? .mapping([]), &draft)
    }

    /// `provider/model`; without a slash it is OpenAI's.
    private static func split(_ model: String) -> (prefix: String, name: String) {
        guard let slash = model.firstIndex(of: "/") else { return ("openai", model) }
        return (String(model[..<slash]), String(model[model.index(after: slash)...]))
    }

    private func price(_ parameters: ImportTree, _ info: ImportTree, _ draft: inout ImportDraft) {
        let names = [
            ("input_cost_per_token", "input"), ("output_cost_per_token", "output"),
            ("cache_read_input_token_cost", "cache_read"), ("cache_creation_input_token_cost", "cache_write_5m"),
        ]
        var prices: [(key: String, value: String)] = []
        for (theirs, ours) in names {
            guard let text = (info[theirs] ?? parameters[theirs])?.text else { continue }
            if let price = PriceText.perMillion(text) {
                prices.append((ours, price))
            } else {
                draft.note(.lost, "\(place).\(theirs)", "is not a price that can be held exactly")
            }
        }
        draft.addPrice(provider: provider, model: upstreamModel, prices)
        let facts = ["id", "mode", "base_model", "db_model"] + names.map(\.0)
        for member in info.members where !facts.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, "\(place).model_info.\(member.key)", "facts of models come from the built-in catalogue")
        }
    }

    /// The target of a route.
    var node: RouteMember {
        let timeouts = timeout.map { AttemptTimeouts(total: UInt64(max(0, $0) * 1e9)) }
        return RouteMember(
            .target(TargetReference(provider: provider, model: upstreamModel, timeouts: timeouts)), weight: weight ?? 1,
            order: order ?? 0)
    }

    /// True where a plain model says everything.
    var isPlain: Bool { timeout == nil && weight == nil && order == nil }
}
