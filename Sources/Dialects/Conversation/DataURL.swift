/// A `data:` URL as of RFC 2397, in the base64 form that media are sent in.
package struct DataURL: Sendable, Equatable {
    /// For example `image/png`; `nil` where the URL says none.
    package var mediaType: String?
    /// As it stands in the URL, not decoded.
    package var base64: String

    /// Takes a URL apart; `nil` if it is no data URL or not base64.
    package init?(_ url: String) {
        guard url.utf8.count > 5, url.prefix(5).lowercased() == "data:" else { return nil }
        guard let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let head = url[url.utf8.index(url.startIndex, offsetBy: 5)..<comma]
        guard head.lowercased().hasSuffix(";base64") else { return nil }
        let type = head.dropLast(7).prefix { $0 != ";" }
        mediaType = type.isEmpty ? nil : String(type)
        base64 = String(url[url.utf8.index(after: comma)...])
    }

    /// The URL for bytes that are base64 already.
    package static func text(mediaType: String, base64: String) -> String { "data:\(mediaType);base64,\(base64)" }
}
