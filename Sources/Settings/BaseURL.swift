/// Where an upstream's API begins, taken apart once. Paths are appended to `path`.
package struct BaseURL: Sendable, Hashable {
    package var isTLS = false
    /// Without the brackets that an IPv6 address has in text.
    package var host = ""
    /// The port written, else 443 with TLS and 80 without.
    package var port = 80
    /// Begins with a slash and doesn't end with one; empty for the root.
    package var path = ""

    package init() {}

    /// Reads `http://` or `https://`, a host, and optionally a port and a path. `nil` for anything else; user
    /// information, a query and a fragment have no place in a base URL.
    package init?(_ text: String) {
        guard let mark = text.range(ofScheme: ["https://", "http://"]) else { return nil }
        isTLS = mark.scheme == "https://"
        let rest = text[mark.end...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let authority = HostPort(rest[..<slash]), authority.port != 0 else { return nil }
        host = authority.host
        port = authority.port ?? (isTLS ? 443 : 80)
        guard rest[slash...].utf8.allSatisfy(Self.isPathByte) else { return nil }
        path = String(rest[slash...])
        while path.hasSuffix("/") { path.removeLast() }
    }

    /// True if the port goes without saying.
    package var hasDefaultPort: Bool { port == (isTLS ? 443 : 80) }

    /// What stands in the `Host` header: brackets around IPv6, the port only where it is not the scheme's own.
    package var hostHeader: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return hasDefaultPort ? name : "\(name):\(port)"
    }

    /// Visible ASCII that may stand in a path unescaped.
    private static func isPathByte(_ byte: UInt8) -> Bool {
        guard byte > 0x20, byte < 0x7F else { return false }
        let refused: [Character] = ["?", "#", "\"", "<", ">", "\\", "^", "`", "{", "|", "}"]
        return !refused.contains(Character(Unicode.Scalar(byte)))
    }
}

extension BaseURL: CustomStringConvertible {
    package var description: String { "\(isTLS ? "https" : "http")://\(hostHeader)\(path)" }
}

extension String {
    /// Which of `schemes` the text begins with, letter case aside, and where it ends.
    fileprivate func range(ofScheme schemes: [String]) -> (scheme: String, end: Index)? {
        for scheme in schemes where prefix(scheme.count).lowercased() == scheme {
            return (scheme, index(startIndex, offsetBy: scheme.count))
        }
        return nil
    }
}
