import Caching
import Routing

/// What a call's own headers say about the cache: ours, and OpenRouter's.
enum CacheWishes {
    /// - Throws: A fault that names the header and what is expected.
    static func read(_ headers: HeaderList) throws(RouteFault) -> CacheDirectives {
        var wish = CacheDirectives()
        if let text = headers["x-signalbox-cache"] { try readModes(text, into: &wish) }
        if let text = headers["x-signalbox-cache-ttl"] {
            wish.ttlSeconds = try seconds(text, "x-signalbox-cache-ttl", from: 0)
        }
        if let text = headers["x-signalbox-cache-namespace"] { wish.namespace = try namespace(text) }
        if let text = headers["x-signalbox-cache-threshold"] { wish.semanticThreshold = try threshold(text) }
        try readOpenRouter(headers, into: &wish)
        return wish
    }

    private static func readModes(_ text: String, into wish: inout CacheDirectives) throws(RouteFault) {
        for word in words(text) {
            switch word {
            case "on": wish.enabled = true
            case "off": wish.enabled = false
            case "exact": wish.mode = .exact
            case "semantic": wish.mode = .semantic
            case "refresh": wish.refresh = true
            case "no-store": wish.noStore = true
            default:
                throw RouteFault(
                    at: "x-signalbox-cache",
                    "\"\(word.prefix(40))\" is not known. Known: on, off, exact, semantic, refresh, no-store."
                )
            }
        }
    }

    private static func readOpenRouter(_ headers: HeaderList, into wish: inout CacheDirectives) throws(RouteFault) {
        if let text = headers["x-openrouter-cache"] {
            let asks = try flag(text, "x-openrouter-cache")
            wish.enabled = wish.enabled ?? asks
            // OpenRouter's own default, where its callers say nothing.
            wish.ttlSeconds = wish.ttlSeconds ?? 300
        }
        if let text = headers["x-openrouter-cache-ttl"] {
            wish.ttlSeconds = try seconds(text, "x-openrouter-cache-ttl", from: 1)
        }
        if let text = headers["x-openrouter-cache-clear"], try flag(text, "x-openrouter-cache-clear") {
            wish.refresh = true
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }

    private static func flag(_ text: String, _ header: String) throws(RouteFault) -> Bool {
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw RouteFault(at: header, "true or false is expected here.")
        }
    }

    /// A duration, or whole seconds.
    private static func seconds(_ text: String, _ header: String, from least: Int64) throws(RouteFault) -> Int64 {
        let duration = DurationText.nanoseconds(text).map { Int64($0 / 1_000_000_000) }
        guard let seconds = duration ?? Int64(text), (least...CacheRules.longestSeconds).contains(seconds) else {
            throw RouteFault(at: header, "A duration such as 30s or 2h, or whole seconds, is expected here.")
        }
        return seconds
    }

    private static func namespace(_ text: String) throws(RouteFault) -> String {
        guard (1...200).contains(text.utf8.count) else {
            throw RouteFault(at: "x-signalbox-cache-namespace", "A name of at most 200 bytes is expected here.")
        }
        return text
    }

    private static func threshold(_ text: String) throws(RouteFault) -> Double {
        guard let number = Double(text), (0.5...FalseHitMeter.highest).contains(number) else {
            throw RouteFault(
                at: "x-signalbox-cache-threshold", "A similarity from 0.5 to \(FalseHitMeter.highest) is expected here."
            )
        }
        return number
    }
}
