/// A rough count of tokens for targets that have no endpoint to ask. Always an estimate: it decides which route can
/// take a request, and stands in for counts that nobody gave; it is never billed as reported.
package enum TokenEstimate {
    /// English prose and code have between 3.5 and 4.5 UTF-8 bytes a token with current vocabularies.
    package static let bytesPerToken: Int64 = 4
    /// A picture: what OpenAI's high detail, Anthropic and Gemini count for about one megapixel (765 to 1,600).
    package static let tokensPerImage: Int64 = 1_200
    /// Base64 bytes of a PDF per token: pages of 1,500 to 3,000 tokens weigh some 50 to 100 KB.
    package static let documentBytesPerToken: Int64 = 32
    /// A document of unknown size: ten pages.
    package static let tokensPerUnseenDocument: Int64 = 15_000
    /// Base64 bytes of a recording per token: 32 tokens a second (Gemini) at 16 KB a second (128 kbit/s).
    package static let audioBytesPerToken: Int64 = 680
    /// A recording of unknown size: a minute.
    package static let tokensPerUnseenAudio: Int64 = 1_920
    /// Base64 bytes of a film per token: 300 tokens a second (Gemini) at 250 KB a second (2 Mbit/s).
    package static let videoBytesPerToken: Int64 = 1_100
    /// A film of unknown size: a minute.
    package static let tokensPerUnseenVideo: Int64 = 18_000
    /// What formats put around each message (roles and separators).
    package static let tokensPerMessage: Int64 = 4

    /// About how many tokens the input of a request has; every count saturates instead of overflowing.
    package static func input(of request: ModelRequest) -> Int64 {
        var total = parts(request.system)
        for turn in request.turns { total = sum(total, sum(parts(turn.parts), tokensPerMessage)) }
        for tool in request.tools { total = sum(total, tokens(of: tool)) }
        if case .jsonSchema(let name, let description, let schema, _)? = request.format {
            total = sum(total, tokens(bytes: name.utf8.count + (description?.utf8.count ?? 0) + schema.count))
        }
        return total
    }

    /// About how many tokens a text of that many UTF-8 bytes has, rounded up.
    package static func tokens(bytes: Int) -> Int64 { quotient(bytes, bytesPerToken) }

    private static func parts(_ parts: [Part]) -> Int64 { parts.reduce(0) { sum($0, tokens(of: $1)) } }

    private static func tokens(of part: Part) -> Int64 {
        switch part.content {
        case .text(let text), .refusal(let text): tokens(bytes: text.utf8.count)
        case .image: tokensPerImage
        case .document(let media): tokens(of: media, documentBytesPerToken, unseen: tokensPerUnseenDocument)
        case .audio(let media): tokens(of: media, audioBytesPerToken, unseen: tokensPerUnseenAudio)
        case .video(let media): tokens(of: media, videoBytesPerToken, unseen: tokensPerUnseenVideo)
        case .toolCall(let call): tokens(bytes: call.name.utf8.count + call.arguments.count)
        case .toolResult(let result): parts(result.parts)
        case .reasoning(let reasoning): tokens(bytes: reasoning.text.utf8.count)
        case .opaque(_, let json): tokens(bytes: json.count)
        }
    }

    private static func tokens(of media: Media, _ bytesPerToken: Int64, unseen: Int64) -> Int64 {
        switch media.source {
        case .base64(let data): quotient(data.utf8.count, bytesPerToken)
        case .text(let text): tokens(bytes: text.utf8.count)
        case .url, .file: unseen
        }
    }

    private static func tokens(of tool: Tool) -> Int64 {
        let words = tool.name.utf8.count + (tool.description?.utf8.count ?? 0)
        switch tool.kind {
        case .function(let parameters, _): return tokens(bytes: words + (parameters?.count ?? 0))
        case .builtIn(_, let json): return tokens(bytes: words + json.count)
        }
    }

    private static func quotient(_ bytes: Int, _ divisor: Int64) -> Int64 { (Int64(bytes) + divisor - 1) / divisor }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (result, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : result
    }
}
