import Access
import Storage
import Vocabulary

/// A request to a door, its key checked and its body read.
struct DoorRequest: Sendable {
    var id: ID128
    /// Whom the key stands for; `nil` only for open endpoints without one.
    var principal: Principal?
    /// The query, decoded; of a name given twice the first.
    var query: [String: String]
    /// Captured segments, decoded.
    var path: [String: String]
    /// The body; an empty object where none came.
    var body: JSONTree

    /// The key's project.
    var project: ProjectID { principal?.project ?? KeyRegistry.defaultProject }

    /// A text out of the body, else out of the query; `nil` if it is in neither.
    func text(_ name: String) -> String? { body[name]?.text ?? query[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Throws unless the key is an admin's: for endpoints that show anybody their own things.
    func requireAdmin() throws {
        guard let principal else { throw AccessError.missing }
        guard principal.role == .admin else { throw AccessError.adminRequired }
        guard principal.may(.admin) else { throw AccessError.scopeRequired }
    }
}

/// Reads queries and escaped path segments.
enum URLText {
    /// The pairs after the `?`.
    static func pairs(_ uri: String) -> [String: String] {
        guard let mark = uri.firstIndex(of: "?") else { return [:] }
        var pairs: [String: String] = [:]
        for pair in uri[uri.index(after: mark)...].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(parts[0], plusIsSpace: true)
            if pairs[name] == nil { pairs[name] = parts.count > 1 ? decoded(parts[1], plusIsSpace: true) : "" }
        }
        return pairs
    }

    /// Undoes percent-encoding; what is damaged stays as it is.
    static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String {
        var out: [UInt8] = []
        var bytes = text.utf8[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "+"), plusIsSpace {
                out.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let value = UInt8(Substring(bytes.prefix(2)), radix: 16) {
                out.append(value)
                bytes = bytes.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
