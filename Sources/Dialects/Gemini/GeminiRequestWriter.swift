import Bytes
import Vocabulary

/// Writes a `generateContent` request.
struct GeminiRequestWriter {
    let request: ModelRequest
    let target: EncodingTarget
    private(set) var changes: [ParameterChange] = []

    init(_ request: ModelRequest, _ target: EncodingTarget) {
        self.request = request
        self.target = target
    }

    private var isOwn: Bool { request.source == .geminiGenerateContent }

    /// Members that other formats' callers may send under Google's names.
    private static let taken: Set<String> = ["safetySettings", "cachedContent", "labels"]

    mutating func body() throws(TranslationFault) -> [UInt8] {
        let shape = AlternatingTurns(request, merges: !isOwn, changes: &changes)
        var contents = GeminiContentWriter(request, target)
        let messages = try contents.contents(shape.turns)
        let system = try contents.system(shape.system)
        guard messages != Array("[]".utf8) else {
            let fault = "holds nothing that can be sent; send at least one message"
            throw TranslationFault(request.name(of: .turns), fault)
        }
        changes.merge(contents.changes)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("contents", json: messages)
        if let system { writer.object("systemInstruction") { $0.member("parts", json: system) } }
        writeTools(to: &writer)
        writeConfig(to: &writer)
        writeRest(to: &writer)
        writer.endObject()
        reportLosses()
        return writer.bytes
    }

    private mutating func writeTools(to writer: inout JSONWriter) {
        var tools = GeminiToolWriter(request, target)
        tools.write(to: &writer)
        changes.merge(tools.changes)
    }

    private mutating func writeConfig(to writer: inout JSONWriter) {
        var config = GeminiConfigWriter(request, target)
        if let json = config.object() { writer.member("generationConfig", json: json) }
        changes.merge(config.changes)
    }

    /// What only Gemini knows.
    private mutating func writeRest(to writer: inout JSONWriter) {
        if isOwn, !request.metadata.isEmpty {
            writer.object("labels") { writer in
                for pair in request.metadata {
                    writer.key(pair.key)
                    writer.string(pair.value)
                }
            }
        }
        writeServiceTier(to: &writer)
        for extra in request.extras {
            let name = GeminiNames.camel(extra.name)
            guard isOwn ? !name.contains(".") : Self.taken.contains(name) else { continue }
            writer.key(name)
            writer.raw(extra.json)
        }
    }

    private mutating func writeServiceTier(to writer: inout JSONWriter) {
        guard let tier = request.serviceTier else { return }
        switch tier.lowercased() {
        case "auto", "unspecified": break
        case "flex", "priority", "standard": writer.member("serviceTier", tier.lowercased())
        case "default", "standard_only":
            writer.member("serviceTier", "standard")
            changes.report(.serviceTier, of: request, .mapped, "sent as standard, Gemini's word for it")
        default: changes.report(.serviceTier, of: request, .dropped, "Gemini has standard, flex and priority")
        }
    }

    private mutating func reportLosses() {
        if !isOwn {
            let taken = request.extras.map(\.name).filter { Self.taken.contains(GeminiNames.camel($0)) }
            request.reportExtras(except: Set(taken), to: &changes)
            request.reportBlockExtras(to: &changes)
        }
        let none = "Gemini has nothing like it"
        if request.minP != nil { changes.report(.minP, of: request, .dropped, none) }
        if request.user != nil { changes.report(.user, of: request, .dropped, none) }
        if request.cacheKey != nil {
            changes.report(.cacheKey, of: request, .dropped, "the provider caches by itself")
        }
        if request.audioOutput != nil {
            changes.report(.audioOutput, of: request, .dropped, "Gemini's voices are others; its default is used")
        }
        if !isOwn, !request.metadata.isEmpty {
            changes.report(.metadata, of: request, .dropped, "kept in the record only: Gemini takes no labels")
        }
        if request.parallelToolCalls == false {
            changes.report(.parallelToolCalls, of: request, .dropped, "Gemini may always call several tools at once")
        }
    }
}
