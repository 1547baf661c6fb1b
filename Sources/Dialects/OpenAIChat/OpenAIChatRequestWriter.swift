import Bytes
import Vocabulary

/// Writes a chat request: the top level here, messages, tools and reasoning options in extensions' files.
struct OpenAIChatRequestWriter {
    let request: ModelRequest
    let target: EncodingTarget
    var writer = JSONWriter(capacity: 1024)
    var changes: [ParameterChange]

    var quirks: ProviderQuirks { target.quirks }

    init(_ request: ModelRequest, target: EncodingTarget, changes: [ParameterChange]) {
        self.request = request
        self.target = target
        self.changes = changes
    }

    mutating func write() throws(TranslationFault) {
        writer.beginObject()
        writer.member("model", target.model)
        try writeMessages()
        writeTools()
        writeFormat()
        writeLimits()
        writeSampling()
        writeReasoningOptions()
        writeOutput()
        writeAccount()
        writeStream()
        writeExtras()
        writer.endObject()
    }

    /// Writes a member, unless the provider refuses it, under the name by which the provider knows it.
    mutating func emit(_ name: String, _ field: RequestField, _ write: (inout JSONWriter) -> Void) {
        if quirks.unsupported.contains(name) {
            var value = JSONWriter()
            write(&value)
            if NeutralValues.contains(name, value.bytes) { return }
            changes.note(request.name(of: field), .dropped, "the provider refuses \(name)")
            return
        }
        if let other = quirks.renamed[name] {
            changes.note(request.name(of: field), .renamed, "sent as \(other)")
            writer.key(other)
        } else {
            writer.key(name)
        }
        write(&writer)
    }

    private mutating func number(_ name: String, _ value: NumberText?, _ field: RequestField) {
        guard let value else { return }
        if let bound = quirks.maximum[name], value.value > bound {
            changes.note(request.name(of: field), .clamped, "\(value.text) is above the provider's bound")
            emit(name, field) { $0.double(bound) }
        } else {
            emit(name, field) { $0.raw(Array(value.text.utf8)) }
        }
    }

    /// A number that OpenAI itself has not.
    private mutating func beyond(_ name: String, _ value: NumberText?, _ field: RequestField) {
        guard let value else { return }
        if quirks.extensions.contains(name) || request.source == .openAIChat {
            number(name, value, field)
        } else {
            changes.note(request.name(of: field), .dropped, "the provider has no \(name)")
        }
    }

    private mutating func writeLimits() {
        guard let limit = request.maximumOutputTokens else { return }
        emit(quirks.usesMaxTokens ? "max_tokens" : "max_completion_tokens", .maximumOutputTokens) { $0.int(limit) }
    }

    private mutating func writeSampling() {
        number("temperature", request.temperature, .temperature)
        number("top_p", request.topP, .topP)
        beyond("top_k", request.topK, .topK)
        beyond("min_p", request.minP, .minP)
        number("frequency_penalty", request.frequencyPenalty, .frequencyPenalty)
        number("presence_penalty", request.presencePenalty, .presencePenalty)
        if !request.stop.isEmpty {
            let stop = request.stop
            emit("stop", .stop) { $0.strings(stop) }
        }
        number("seed", request.seed, .seed)
        number("n", request.choices.map { NumberText(String($0)) }, .choices)
        if let logprobs = request.logprobs { emit("logprobs", .logprobs) { $0.bool(logprobs) } }
        if let count = request.topLogprobs { emit("top_logprobs", .topLogprobs) { $0.int(count) } }
    }

    private mutating func writeOutput() {
        let modalities = request.modalities
        if !modalities.isEmpty { emit("modalities", .modalities) { $0.strings(modalities.map { $0.lowercased() }) } }
        if let audio = request.audioOutput { emit("audio", .audioOutput) { $0.raw(audio) } }
    }

    private mutating func writeAccount() {
        if let user = request.user { emit("user", .user) { $0.string(user) } }
        let metadata = request.metadata
        if !metadata.isEmpty {
            emit("metadata", .metadata) { writer in
                writer.beginObject()
                for pair in metadata {
                    writer.key(pair.key)
                    writer.string(pair.value)
                }
                writer.endObject()
            }
        }
        writeServiceTier()
        if let key = request.cacheKey { emit("prompt_cache_key", .cacheKey) { $0.string(key) } }
    }

    private mutating func writeServiceTier() {
        guard var tier = request.serviceTier else { return }
        if tier == "standard_only" || tier == "standard" {
            tier = "default"
            changes.note(request.name(of: .serviceTier), .mapped, "sent as default")
        }
        emit("service_tier", .serviceTier) { $0.string(tier) }
    }

    private mutating func writeStream() {
        guard request.streams else { return }
        writer.member("stream", true)
        let options =
            request.source == .openAIChat
            ? request.extras.filter { $0.name.hasPrefix(Self.streamOption) } : []
        if quirks.lacksStreamOptions || quirks.unsupported.contains("stream_options") {
            for option in options { changes.note(option.name, .dropped, "the provider refuses stream_options") }
            return
        }
        // Usage is asked for always: without it the call can't be priced. The answer's side hides it again.
        writer.object("stream_options") { writer in
            writer.member("include_usage", true)
            for option in options {
                writer.key(String(option.name.dropFirst(Self.streamOption.count)))
                writer.raw(option.json)
            }
        }
    }

    private static let streamOption = "stream_options."

    /// Members that mean the same here as in the format they come from: their name there and here.
    private static let sameMeaning: [WireFormat: [String: String]] = [
        .openAIResponses: [
            "store": "store", "safety_identifier": "safety_identifier", "text.verbosity": "verbosity",
            "prompt_cache_retention": "prompt_cache_retention",
        ],
        .openAICompletions: ["logit_bias": "logit_bias"],
    ]

    private mutating func writeExtras() {
        if request.source != .openAIChat { request.reportBlockExtras(to: &changes) }
        let names = Self.sameMeaning[request.source] ?? [:]
        for extra in request.extras where !isStreamOption(extra) {
            let isOwn = request.source == .openAIChat && !extra.name.contains("[")
            guard let name = isOwn ? extra.name : names[extra.name] else {
                if !request.isWithoutEffect(extra) {
                    changes.note(extra.name, .dropped, "the target has nothing like it")
                }
                continue
            }
            if quirks.unsupported.contains(name) {
                if request.isWithoutEffect(extra) || NeutralValues.contains(name, extra.json) { continue }
                changes.note(extra.name, .dropped, "the provider refuses \(name)")
                continue
            }
            if let other = quirks.renamed[name] { changes.note(extra.name, .renamed, "sent as \(other)") }
            writer.key(quirks.renamed[name] ?? name)
            writer.raw(extra.json)
        }
    }

    private func isStreamOption(_ extra: Extra) -> Bool {
        request.source == .openAIChat && extra.name.hasPrefix(Self.streamOption)
    }
}

extension JSONWriter {
    /// Writes a list of strings.
    mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
