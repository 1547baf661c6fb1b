import Bytes
import Vocabulary

/// Writes the top level of a responses request; items and tools have writers of their own.
struct ResponsesRequestWriter {
    private let request: ModelRequest
    private let target: EncodingTarget
    private let isOwn: Bool
    private var changes: [ParameterChange]
    private var body = BodyMembers()

    static func write(
        _ request: ModelRequest, _ target: EncodingTarget, _ changes: inout [ParameterChange]
    ) throws(TranslationFault) -> [UInt8] {
        var writer = Self(request: request, target: target, isOwn: request.source == .openAIResponses, changes: changes)
        try writer.writeMembers()
        changes = writer.changes
        return writer.body.body(target.quirks, &changes)
    }

    private mutating func writeMembers() throws(TranslationFault) {
        body.add("model", target.model)
        try writeConversation()
        writeTools()
        writeText()
        writeReasoning()
        writeLimits()
        writeInclude()
        writeAccount()
        if request.streams { body.add("stream") { $0.bool(true) } }
        // Nobody asks for what would be kept at the provider; callers of its own format decide themselves.
        if !isOwn { body.add("store") { $0.bool(false) } }
        writeLosses()
        writeExtras()
    }

    private mutating func writeConversation() throws(TranslationFault) {
        var items = ResponsesItemWriter(request, changes)
        let instructions = items.instructions()
        body.add("instructions", instructions, as: request.name(of: .system))
        let input = try items.input()
        changes = items.changes
        if !input.isEmpty || !isOwn {
            body.add("input", as: request.name(of: .turns)) { writer in
                writer.beginArray()
                for item in input { writer.raw(item) }
                writer.endArray()
            }
        }
        if !isOwn { request.reportBlockExtras(to: &changes) }
    }

    private mutating func writeTools() {
        var tools = ResponsesToolWriter(request, changes)
        let list = tools.list()
        if let list { body.add("tools", json: list) }
        if let choice = tools.choice(hasTools: list != nil) {
            body.add("tool_choice", json: choice, as: request.name(of: .toolChoice))
        }
        changes = tools.changes
        if let parallel = request.parallelToolCalls, list != nil || isOwn {
            body.add("parallel_tool_calls", as: request.name(of: .parallelToolCalls)) { $0.bool(parallel) }
        }
    }

    private mutating func writeText() {
        var extras = request.extras.filter { isOwn && $0.name.hasPrefix("text.") }
        if !isOwn, let verbosity = request.extras.first(where: { $0.name == "verbosity" }) {
            extras.append(Extra("text.verbosity", verbosity.json))
            changes.note("verbosity", .renamed, "sent as text.verbosity")
        }
        let format = target.quirks.lacksJSONSchema ? nil : request.format
        if request.format != nil, format == nil {
            changes.note(request.name(of: .format), .dropped, "the provider has no structured outputs")
        }
        guard format != nil || !extras.isEmpty else { return }
        body.add("text", as: request.name(of: .format)) { writer in
            writer.object { writer in
                if format != nil {
                    writer.key("format")
                    ResponsesToolWriter.write(format, to: &writer)
                }
                Self.write(extras, below: "text.", to: &writer)
            }
        }
    }

    private mutating func writeReasoning() {
        let extras = request.extras.filter { isOwn && $0.name.hasPrefix("reasoning.") }
        let effort = effort()
        var summary = request.reasoning?.summary
        if summary == nil, request.reasoning?.includesThoughts == true { summary = "auto" }
        guard effort != nil || summary != nil || !extras.isEmpty else { return }
        body.add("reasoning", as: request.name(of: .reasoning)) { writer in
            writer.object { writer in
                if let effort { writer.member("effort", effort) }
                if let summary { writer.member("summary", summary) }
                Self.write(extras, below: "reasoning.", to: &writer)
            }
        }
    }

    private mutating func effort() -> String? {
        guard let options = request.reasoning else { return nil }
        if let effort = options.effort {
            guard effort == "max" else { return effort }
            changes.note(request.name(of: .reasoningEffort), .mapped, "sent as xhigh")
            return "xhigh"
        }
        if options.isEnabled == false {
            changes.note(request.name(of: .reasoning), .mapped, "sent as effort none")
            return "none"
        }
        guard let budget = options.budgetTokens else { return nil }
        let effort = budget <= 2048 ? "low" : budget <= 16384 ? "medium" : "high"
        changes.note(request.name(of: .reasoningBudget), .mapped, "sent as effort \(effort)")
        return effort
    }

    private mutating func writeLimits() {
        if var limit = request.maximumOutputTokens {
            if limit < 16, !isOwn {
                limit = 16
                changes.note(request.name(of: .maximumOutputTokens), .clamped, "at least 16 here")
            }
            body.add("max_output_tokens", as: request.name(of: .maximumOutputTokens)) { $0.int(limit) }
        }
        body.add("temperature", request.temperature, as: request.name(of: .temperature))
        body.add("top_p", request.topP, as: request.name(of: .topP))
        if let count = request.topLogprobs {
            body.add("top_logprobs", as: request.name(of: .topLogprobs)) { $0.int(count) }
        }
    }

    /// Hidden reasoning is asked for where the request shows that the model has any: others refuse the wish.
    private mutating func writeInclude() {
        var wanted: [String] = []
        let reasons = !isOwn && request.reasoning.map { $0.isEnabled != false && $0.effort != "none" } ?? false
        if request.returnsEncryptedReasoning || reasons { wanted.append("reasoning.encrypted_content") }
        if request.logprobs == true { wanted.append("message.output_text.logprobs") }
        let others = request.extras.first { isOwn && $0.name == "include" }
        guard !wanted.isEmpty || others != nil else { return }
        body.add("include") { writer in
            writer.beginArray()
            for name in wanted { writer.string(name) }
            if let others {
                _ = JSONText.read(others.json) { list in
                    for element in list.elements { writer.raw(element.raw) }
                }
            }
            writer.endArray()
        }
    }

    private mutating func writeAccount() {
        body.add("user", request.user, as: request.name(of: .user))
        let metadata = request.metadata
        if !metadata.isEmpty {
            body.add("metadata") { writer in
                writer.object { writer in
                    for pair in metadata {
                        writer.key(pair.key)
                        writer.string(pair.value)
                    }
                }
            }
        }
        body.add("prompt_cache_key", request.cacheKey)
        guard let tier = request.serviceTier else { return }
        if tier == "standard_only" {
            changes.note(request.name(of: .serviceTier), .mapped, "sent as default")
            body.add("service_tier", "default")
        } else {
            body.add("service_tier", tier)
        }
    }

    private mutating func writeLosses() {
        drop(.topK, request.topK != nil)
        drop(.minP, request.minP != nil)
        drop(.frequencyPenalty, request.frequencyPenalty.map { $0.value != 0 } ?? false)
        drop(.presencePenalty, request.presencePenalty.map { $0.value != 0 } ?? false)
        drop(.stop, !request.stop.isEmpty)
        drop(.seed, request.seed != nil)
        drop(.choices, request.choices.map { $0 > 1 } ?? false)
        drop(.audioOutput, request.audioOutput != nil)
        drop(.modalities, request.modalities.contains { $0.lowercased() != "text" })
        let marksCache = request.tools.contains { $0.cacheLifetime != nil }
        let parts = request.system + request.turns.flatMap(\.parts)
        if marksCache || parts.contains(where: { $0.cacheLifetime != nil }) {
            changes.note(request.name(of: .cacheLifetime), .dropped, "the provider caches by itself")
        }
    }

    private mutating func drop(_ field: RequestField, _ isSaid: Bool) {
        if isSaid { changes.note(request.name(of: field), .dropped, "responses has nothing like it") }
    }

    /// Chat's members that mean the same here.
    private static let shared: Set<String> = [
        "safety_identifier", "prompt_cache_retention", "prompt_cache_options", "moderation",
    ]

    private mutating func writeExtras() {
        if isOwn {
            for extra in request.extras where !extra.name.contains(".") && extra.name != "include" {
                body.add(extra.name, json: extra.json)
            }
            return
        }
        let isChat = request.source == .openAIChat
        for extra in request.extras where isChat && Self.shared.contains(extra.name) {
            body.add(extra.name, json: extra.json)
        }
        request.reportExtras(except: isChat ? Self.shared.union(["verbosity"]) : ["verbosity"], to: &changes)
    }

    private static func write(_ extras: [Extra], below prefix: String, to writer: inout JSONWriter) {
        for extra in extras {
            writer.key(String(extra.name.dropFirst(prefix.count)))
            writer.raw(extra.json)
        }
    }
}
