import Bytes
import Vocabulary

/// Reads and writes `usageMetadata`.
enum GeminiUsage {
    /// `promptTokenCount` includes cached tokens and every modality; tokens that tools put into the prompt and thoughts
    /// stand beside. Where the total says that thoughts are inside `candidatesTokenCount`, they are taken out of it.
    static func read(_ usage: JSONView) -> TokenUsage {
        let prompt = count(usage, "promptTokenCount")
        let tools = count(usage, "toolUsePromptTokenCount")
        let candidates = count(usage, "candidatesTokenCount")
        let thoughts = count(usage, "thoughtsTokenCount")
        let total = count(usage, "totalTokenCount")
        var result = TokenUsage()
        result.cacheRead = min(prompt, count(usage, "cachedContentTokenCount"))
        result.audioInput = uncached("AUDIO", usage)
        result.imageInput = uncached("IMAGE", usage)
        result.uncachedInput = max(0, prompt + tools - result.cacheRead - result.audioInput - result.imageInput)
        result.reasoning = thoughts
        result.audioOutput = min(candidates, modality("AUDIO", usage.camel("candidatesTokensDetails")))
        let isInside = thoughts > 0 && candidates >= thoughts && total == prompt + tools + candidates
        result.outputText = max(0, candidates - result.audioOutput - (isInside ? thoughts : 0))
        return result
    }

    private static func uncached(_ name: StaticString, _ usage: JSONView) -> Int64 {
        let all = modality(name, usage.camel("promptTokensDetails"))
        return max(0, all - modality(name, usage.camel("cacheTokensDetails")))
    }

    private static func modality(_ name: StaticString, _ details: JSONView?) -> Int64 {
        guard let details else { return 0 }
        for element in details.elements where element["modality"]?.isString(name) ?? false {
            return count(element, "tokenCount")
        }
        return 0
    }

    static func count(_ object: JSONView, _ name: String) -> Int64 {
        let value = object.camel(name)
        // A sum of several such counts must not overflow, whatever a provider claims.
        return min(max(0, value?.int64 ?? value?.string.flatMap(Int64.init) ?? 0), 1 << 48)
    }

    static func write(_ usage: TokenUsage, to writer: inout JSONWriter) {
        writer.object("usageMetadata") { writer in
            writer.member("promptTokenCount", usage.totalInput)
            writer.member("candidatesTokenCount", usage.outputText + usage.audioOutput)
            writer.member("totalTokenCount", usage.total)
            if usage.cacheRead > 0 { writer.member("cachedContentTokenCount", usage.cacheRead) }
            if usage.reasoning > 0 { writer.member("thoughtsTokenCount", usage.reasoning) }
            writeDetails(usage, to: &writer)
        }
    }

    private static func writeDetails(_ usage: TokenUsage, to writer: inout JSONWriter) {
        if usage.audioInput > 0 || usage.imageInput > 0 {
            let text = usage.totalInput - usage.audioInput - usage.imageInput
            writer.array("promptTokensDetails") { writer in
                write("TEXT", text, to: &writer)
                write("IMAGE", usage.imageInput, to: &writer)
                write("AUDIO", usage.audioInput, to: &writer)
            }
        }
        guard usage.audioOutput > 0 else { return }
        writer.array("candidatesTokensDetails") { writer in
            write("TEXT", usage.outputText, to: &writer)
            write("AUDIO", usage.audioOutput, to: &writer)
        }
    }

    private static func write(_ modality: String, _ count: Int64, to writer: inout JSONWriter) {
        guard count > 0 else { return }
        writer.object { writer in
            writer.member("modality", modality)
            writer.member("tokenCount", count)
        }
    }
}
