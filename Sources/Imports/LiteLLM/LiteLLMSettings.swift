/// The settings of LiteLLM that are not about models.
enum LiteLLMSettings {
    private static let readInRouter = [
        "routing_strategy", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks",
        "num_retries", "model_group_alias", "timeout",
    ]
    private static let readInSettings = [
        "fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks", "num_retries",
        "drop_params", "request_timeout", "max_budget", "budget_duration", "set_verbose", "json_logs",
    ]
    private static let reasons = [
        "allowed_fails": "breakers here open by their own rules, for every route",
        "allowed_fails_policy": "breakers here open by their own rules, for every route",
        "cooldown_time": "breakers have their own times, and 429 is answered by Retry-After",
        "retry_policy": "give routes `retry: {attempts, on}`", "max_fallbacks": "a route's list is its limit",
        "enable_pre_call_checks": "always on: context windows are checked before a call",
        "redis_host": "no Redis is needed", "redis_port": "no Redis is needed", "redis_password": "no Redis is needed",
        "cache": "give routes `cache` rules", "cache_params": "give routes `cache` rules",
        "callbacks": "records are kept here; send them on with an exporter",
        "success_callback": "records are kept here; send them on with an exporter",
        "failure_callback": "records are kept here; send them on with an exporter",
        "guardrails": "guardrails are not part of routes",
        "database_url": "keys, teams and spending in LiteLLM's database are not in this file; make them anew",
        "store_model_in_db": "models in LiteLLM's database are not in this file",
    ]

    static func read(_ tree: ImportTree, into draft: inout ImportDraft) {
        let settings = tree["litellm_settings"] ?? .mapping([])
        if settings["drop_params"]?.flag == true { draft.set("parameters", .plain("drop")) }
        let timeout = tree["router_settings"]?["timeout"]?.number ?? settings["request_timeout"]?.number
        if let timeout, timeout > 0 {
            draft.set("timeouts", .mapping([("total", .plain("\(Int(timeout.rounded(.up)))s"))]))
        }
        budget(settings, &draft)
        general(tree["general_settings"] ?? .mapping([]), &draft)
        rest(tree["router_settings"], "router_settings", readInRouter, &draft)
        rest(settings, "litellm_settings", readInSettings, &draft)
        for member in tree["environment_variables"]?.members ?? [] {
            draft.note(.todo, "environment_variables.\(member.key)", "set it in the server's environment")
        }
    }

    private static func rest(_ tree: ImportTree?, _ name: String, _ read: [String], _ draft: inout ImportDraft) {
        for member in tree?.members ?? [] where !read.contains(member.key) && !member.value.isBlank {
            draft.note(.lost, "\(name).\(member.key)", reasons[member.key] ?? "has no counterpart here")
        }
    }

    /// The proxy's own budget is one on the project.
    private static func budget(_ settings: ImportTree, _ draft: inout ImportDraft) {
        guard let amount = settings["max_budget"]?.text.flatMap(PriceText.nanodollars) else { return }
        let window = settings["budget_duration"]?.text ?? "lifetime"
        let body =
            #"{"rules":{"budgets":[{"id":"max_budget","unit":"money","limit":\#(amount),"window":"\#(window)"}]}}"#
        draft.requests.append(ImportRequest(method: "PATCH", path: "/api/v1/projects/default", body: body))
    }

    private static func general(_ general: ImportTree, _ draft: inout ImportDraft) {
        for member in general.members where !member.value.isBlank {
            let place = "general_settings.\(member.key)"
            if member.key == "master_key" {
                draft.note(.todo, place, "set SIGNALBOX_BOOTSTRAP_KEY to it, so that it goes on as the first admin key")
            } else {
                draft.note(.lost, place, reasons[member.key] ?? "has no counterpart here")
            }
        }
    }
}

extension PriceText {
    /// Dollars as nano-dollars; `nil` for anything but a plain amount.
    static func nanodollars(_ text: String) -> String? {
        guard let perMillion = perMillion(text) else { return nil }
        // Dollars times a million, times a thousand more.
        let parts = perMillion.split(separator: ".")
        let fraction = parts.count > 1 ? parts[1] : ""
        guard fraction.utf8.count <= 3 else { return nil }
        return Int64(parts[0] + fraction + String(repeating: "0", count: 3 - fraction.utf8.count)).map { "\($0)" }
    }
}
