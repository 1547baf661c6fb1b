/// An address to listen on: a host name or IP address, and a TCP port (0 lets the kernel choose).
package struct ListenAddress: Sendable, Hashable {
    /// Without the brackets that an IPv6 address has in text.
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` or `[v6]:port`. `nil` for anything else: both parts must be written.
    package init?(_ text: String) {
        guard let parts = HostPort(text), let port = parts.port else { return nil }
        self.init(host: parts.host, port: port)
    }

    /// True if only this machine can reach the address.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The `host[:port]` part of addresses and URLs.
struct HostPort {
    var host: String
    var port: Int?

    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            guard host.utf8.allSatisfy(Self.isAddressByte) else { return nil }
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = String(rest[..<end])
            rest = rest[end...]
            guard host.utf8.allSatisfy(Self.isNameByte) else { return nil }
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return }
        guard rest.removeFirst() == ":", !rest.isEmpty, rest.utf8.allSatisfy(isDigit) else { return nil }
        guard let number = Int(rest), number <= 65_535 else { return nil }
        port = number
    }

    /// Bytes of a host name or an IPv4 address.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }

    /// Bytes of an IPv6 address, zone included.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%")
    }
}
