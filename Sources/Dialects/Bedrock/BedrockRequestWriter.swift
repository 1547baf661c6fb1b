import Bytes
import Vocabulary

/// Writes a `Converse` request; the model and whether it streams stand in the path.
struct BedrockRequestWriter {
    let request: ModelRequest
    let target: EncodingTarget
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    /// Members that any caller may send under Amazon's names, and that go on as they came.
    static let taken: Set<String> = [
        "guardrailConfig", "additionalModelRequestFields", "additionalModelResponseFieldPaths", "performanceConfig",
        "promptVariables",
    ]

    mutating func body() throws(TranslationFault) -> [UInt8] {
        let shape = AlternatingTurns(request, merges: true, changes: &changes)
        var content = BedrockContentWriter(request)
        let messages = try content.messages(shape.turns)
        let system = try content.system(shape.system)
        guard messages != Array("[]".utf8) else {
            let fault = "holds nothing that can be sent; send at least one message"
            throw TranslationFault(request.name(of: .turns), fault)
        }
        changes.merge(content.changes)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("messages", json: messages)
        writeSystem(system, to: &writer)
        writeInference(to: &writer)
        writeTools(to: &writer)
        writeModelFields(to: &writer)
        writeRest(to: &writer)
        writer.endObject()
        reportLosses()
        return writer.bytes
    }

    private mutating func writeSystem(_ system: [UInt8], to writer: inout JSONWriter) {
        guard request.format == .jsonObject else {
            if system.count > 2 { writer.member("system", json: system) }
            return
        }
        changes.report(.format, of: request, .mapped, "asked for in the system text: Bedrock has no JSON mode")
        var text = JSONWriter()
        text.object { $0.member("text", "Answer with one JSON object and nothing else.") }
        let before = system.count > 2 ? system.dropLast() + [UInt8(ascii: ",")] : [UInt8(ascii: "[")]
        writer.member("system", json: before + text.bytes + [UInt8(ascii: "]")])
    }

    private mutating func writeInference(to writer: inout JSONWriter) {
        var config = JSONWriter()
        config.beginObject()
        if let limit = request.maximumOutputTokens { config.member("maxTokens", limit) }
        let thinks = BedrockModelFields(request, target).fixesTemperature
        if let temperature = request.temperature {
            if thinks, temperature.value != 1 {
                changes.report(.temperature, of: request, .dropped, "Claude thinks at a temperature of 1 only")
            } else {
                config.member("temperature", temperature)
            }
        }
        if let topP = request.topP { config.member("topP", topP) }
        if !request.stop.isEmpty { config.member("stopSequences", request.stop) }
        config.endObject()
        if config.bytes.count > 2 { writer.member("inferenceConfig", json: config.bytes) }
    }

    private mutating func writeTools(to writer: inout JSONWriter) {
        let forbidsForcing = BedrockModelFields(request, target).fixesTemperature
        var tools = BedrockToolWriter(request, forbidsForcing: forbidsForcing)
        tools.write(to: &writer)
        changes.merge(tools.changes)
    }

    private mutating func writeModelFields(to writer: inout JSONWriter) {
        var fields = BedrockModelFields(request, target)
        if let json = fields.object() { writer.member("additionalModelRequestFields", json: json) }
        changes.merge(fields.changes)
    }

    private mutating func writeRest(to writer: inout JSONWriter) {
        writeMetadata(to: &writer)
        writeServiceTier(to: &writer)
        writeFormat(to: &writer)
        for extra in request.extras
        where Self.taken.contains(extra.name) && extra.name != "additionalModelRequestFields" {
            writer.key(extra.name)
            writer.raw(extra.json)
        }
    }

    /// At most 16 pairs; Bedrock keeps them in its own logs.
    private mutating func writeMetadata(to writer: inout JSONWriter) {
        guard !request.metadata.isEmpty else { return }
        writer.object("requestMetadata") { writer in
            for pair in request.metadata.prefix(16) {
                writer.key(pair.key)
                writer.string(pair.value)
            }
        }
        if request.metadata.count > 16 {
            changes.report(.metadata, of: request, .clamped, "Bedrock takes 16 pairs: the first 16 are sent")
        }
    }

    private mutating func writeServiceTier(to writer: inout JSONWriter) {
        guard let tier = request.serviceTier else { return }
        switch tier {
        case "auto": break
        case "default", "flex", "priority", "reserved":
            writer.object("serviceTier") { $0.member("type", tier) }
        case "standard", "standard_only":
            writer.object("serviceTier") { $0.member("type", "default") }
            changes.report(.serviceTier, of: request, .mapped, "sent as default, Bedrock's word for it")
        default: changes.report(.serviceTier, of: request, .dropped, "Bedrock has default, flex and priority")
        }
    }

    /// Bedrock takes the schema as a string.
    private func writeFormat(to writer: inout JSONWriter) {
        guard case .jsonSchema(let name, let description, let schema, _)? = request.format else { return }
        writer.object("outputConfig") { writer in
            writer.object("textFormat") { writer in
                writer.member("type", "json_schema")
                writer.object("structure") { writer in
                    writer.object("jsonSchema") { writer in
                        writer.member("schema", String(decoding: CompactJSON.bytes(schema), as: UTF8.self))
                        if !name.isEmpty { writer.member("name", name) }
                        if let description { writer.member("description", description) }
                    }
                }
            }
        }
    }

    private mutating func reportLosses() {
        request.reportExtras(except: Self.taken, to: &changes)
        request.reportBlockExtras(to: &changes)
        let isSaid: [(RequestField, Bool)] = [
            (.minP, request.minP != nil), (.frequencyPenalty, request.frequencyPenalty != nil),
            (.presencePenalty, request.presencePenalty != nil), (.seed, request.seed != nil),
            (.logprobs, request.logprobs == true), (.topLogprobs, request.topLogprobs != nil),
            (.user, request.user != nil), (.cacheKey, request.cacheKey != nil),
            (.audioOutput, request.audioOutput != nil),
            (.parallelToolCalls, request.parallelToolCalls == false),
            (.modalities, request.modalities.contains { $0 != "text" }),
        ]
        for (field, isSaid) in isSaid where isSaid {
            changes.report(field, of: request, .dropped, "Bedrock Converse has nothing like it")
        }
        if let choices = request.choices, choices > 1 {
            changes.report(.choices, of: request, .dropped, "Bedrock Converse gives one answer")
        }
    }
}
