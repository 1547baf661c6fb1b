/// The two decisions about a request's headers that serving a file needs. Pure functions of header values.
package enum ContentNegotiation {
    /// Whether an `Accept-Encoding` value allows gzip (RFC 9110, section 12.5.3).
    ///
    /// A coding with `q=0` is refused; `*` speaks for gzip unless gzip is named itself.
    package static func acceptsGzip(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        var wildcard = false
        for item in acceptEncoding.split(separator: ",") {
            let parts = item.split(separator: ";").map { trim($0) }
            guard let coding = parts.first?.lowercased() else { continue }
            let allowed = !parts.dropFirst().contains(where: refuses)
            if coding == "gzip" || coding == "x-gzip" { return allowed }
            if coding == "*" { wildcard = allowed }
        }
        return wildcard
    }

    /// Whether an `If-None-Match` value names this entity, by weak comparison (RFC 9110, section 13.1.2).
    package static func matches(_ ifNoneMatch: String?, entityTag: String) -> Bool {
        guard let ifNoneMatch else { return false }
        let wanted = opaque(Substring(entityTag))
        return ifNoneMatch.split(separator: ",").contains { item in
            let tag = trim(item)
            return tag == "*" || opaque(tag) == wanted
        }
    }

    /// `q=0`, `q=0.0` and so on.
    private static func refuses(_ parameter: Substring) -> Bool {
        let pair = parameter.split(separator: "=", maxSplits: 1).map { trim($0) }
        guard pair.count == 2, pair[0].lowercased() == "q" else { return false }
        return Double(pair[1]) == 0
    }

    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    private static func trim(_ text: Substring) -> Substring {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var result = text.drop(while: blank)
        while let last = result.last, blank(last) { result.removeLast() }
        return result
    }
}
