import Bytes
import Vocabulary

/// Writes a request for embeddings in a provider's form.
struct EmbeddingRequestWriter {
    private let request: EmbeddingRequest
    private let format: EmbeddingFormat
    private let target: EncodingTarget
    private var members = BodyMembers()
    var changes: [ParameterChange] = []

    init(_ request: EmbeddingRequest, _ format: EmbeddingFormat, _ target: EncodingTarget) {
        self.request = request
        self.format = format
        self.target = target
    }

    mutating func write() throws(TranslationFault) -> [UInt8] {
        guard request.inputs.count <= format.maximumInputs else {
            throw TranslationFault(
                "input", "holds \(request.inputs.count) inputs, and this provider takes \(format.maximumInputs) a call")
        }
        switch format {
        case .openAI: writeOpenAI()
        case .gemini: try writeGemini()
        case .vertex: try writeVertex()
        case .cohere, .bedrockCohere: try writeCohere()
        case .bedrockTitan: try writeTitan()
        }
        if format != .openAI { noteLosses() }
        return members.body(target.quirks, &changes)
    }

    private mutating func writeOpenAI() {
        let inputs = request.inputs
        members.add("model", target.model)
        members.add("input") { writer in
            if inputs.count == 1, let only = inputs.first { return Self.write(only, to: &writer) }
            writer.beginArray()
            for input in inputs { Self.write(input, to: &writer) }
            writer.endArray()
        }
        if let dimensions = request.dimensions { members.add("dimensions") { $0.int(dimensions) } }
        members.add("encoding_format", request.encoding.rawValue)
        members.add("user", request.user)
        members.add("input_type", request.purpose)
        for extra in request.extras { members.add(extra.name, json: extra.json) }
    }

    private static func write(_ input: EmbeddingRequest.Input, to writer: inout JSONWriter) {
        switch input {
        case .text(let text): writer.string(text)
        case .tokens(let json): writer.raw(json)
        }
    }

    private mutating func writeGemini() throws(TranslationFault) {
        let texts = try texts()
        let (model, dimensions, task) = (target.model, request.dimensions, taskType)
        members.add("requests") { writer in
            writer.beginArray()
            for text in texts {
                writer.object { writer in
                    writer.member("model", model.contains("/") ? model : "models/\(model)")
                    writer.object("content") { writer in
                        writer.array("parts") { writer in writer.object { $0.member("text", text) } }
                    }
                    if let task { writer.member("taskType", task) }
                    if let dimensions { writer.member("outputDimensionality", dimensions) }
                }
            }
            writer.endArray()
        }
    }

    private mutating func writeVertex() throws(TranslationFault) {
        let texts = try texts()
        let task = taskType
        members.add("instances") { writer in
            writer.beginArray()
            for text in texts {
                writer.object { writer in
                    writer.member("content", text)
                    if let task { writer.member("task_type", task) }
                }
            }
            writer.endArray()
        }
        guard let dimensions = request.dimensions else { return }
        members.add("parameters", as: "dimensions") { writer in
            writer.object { $0.member("outputDimensionality", dimensions) }
        }
    }

    private mutating func writeCohere() throws(TranslationFault) {
        let texts = try texts()
        // On Bedrock the model stands in the path.
        if format == .cohere { members.add("model", target.model) }
        members.add("texts") { $0.strings(texts) }
        members.add("input_type", request.purpose ?? "search_document")
        members.add("embedding_types") { $0.strings(["float"]) }
        if let dimensions = request.dimensions {
            members.add("output_dimension", as: "dimensions") { $0.int(dimensions) }
        }
        if request.purpose == nil {
            changes.note("input_type", .mapped, "the provider must be told a purpose; search_document is sent")
        }
    }

    private mutating func writeTitan() throws(TranslationFault) {
        members.add("inputText", try texts().first)
        if let dimensions = request.dimensions { members.add("dimensions") { $0.int(dimensions) } }
        if request.purpose != nil { changes.note("input_type", .dropped, "the model knows no purposes") }
    }

    private func texts() throws(TranslationFault) -> [String] {
        var texts: [String] = []
        for input in request.inputs {
            guard case .text(let text) = input else {
                throw TranslationFault("input", "holds tokens, which only the model they belong to can read; send text")
            }
            texts.append(text)
        }
        return texts
    }

    /// Google's word for the purpose.
    private var taskType: String? {
        switch request.purpose {
        case "search_document": "RETRIEVAL_DOCUMENT"
        case "search_query": "RETRIEVAL_QUERY"
        case "classification": "CLASSIFICATION"
        case "clustering": "CLUSTERING"
        case let other: other
        }
    }

    private mutating func noteLosses() {
        if request.user != nil { changes.note("user", .dropped, "the target has nothing like it") }
        for extra in request.extras { changes.note(extra.name, .dropped, "the target has nothing like it") }
    }
}
