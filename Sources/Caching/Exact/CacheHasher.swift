import Bytes
import Crypto
import Vocabulary

/// Hashes a request: its scope, then its members by name, each value in canonical text.
///
/// Names and values have their length beside them, so that no two different requests give the same bytes. At the top
/// level a member that is `null` or `[]` counts as absent, as it does in every dialect; below it everything counts.
enum CacheHasher {
    private struct Member {
        var name: [UInt8]
        var value: JSONView
        var order: Int
    }

    static func key(_ question: CacheQuestion, without omitted: Range<Int>?) -> CacheKey {
        var text: [UInt8] = []
        text.reserveCapacity(question.body.range.count + 256)
        append(question, to: &text)
        // What was left out is not the same as what was never there.
        text.append(omitted == nil ? 0 : 1)
        for member in members(question) {
            appendSized(member.name, to: &text)
            let start = text.count
            append(member.value, without: omitted, to: &text)
            appendSize(text.count - start, to: &text)
        }
        return CacheKey(digest(text))
    }

    private static func append(_ question: CacheQuestion, to text: inout [UInt8]) {
        let scope = question.scope
        for part in [scope.project, scope.namespace, scope.route, question.operation] {
            appendSized(Array(part.utf8), to: &text)
        }
        appendSize(question.variants.count, to: &text)
        for variant in question.variants { appendSized(Array(variant.utf8), to: &text) }
    }

    private static func members(_ question: CacheQuestion) -> [Member] {
        var found: [Member] = []
        found.reserveCapacity(16)
        question.body.forEachMember { key, value in
            guard !value.isNull, !(value.kind == .array && value.isEmptyContainer) else { return }
            guard !CacheMembers.areIgnored(key, beside: question.ignored) else { return }
            var name: [UInt8] = []
            key.appendDecoded(to: &name)
            found.append(Member(name: name, value: value, order: found.count))
        }
        found.sort { a, b in
            a.name == b.name ? a.order < b.order : a.name.lexicographicallyPrecedes(b.name)
        }
        return found
    }

    /// Appends a value; the part of it that is left out is marked by a byte that no JSON text holds.
    private static func append(_ value: JSONView, without omitted: Range<Int>?, to text: inout [UInt8]) {
        guard let omitted, value.range.lowerBound <= omitted.lowerBound, omitted.upperBound <= value.range.upperBound
        else { return JSONCanonical.append(value, keepingEmpty: true, to: &text) }
        if value.range == omitted { return text.append(0xFF) }
        // The way down to it is short: one list, one message.
        value.forEachElement { element in
            append(element, without: omitted, to: &text)
            text.append(0xFE)
        }
        value.forEachMember { key, member in
            var name: [UInt8] = []
            key.appendDecoded(to: &name)
            appendSized(name, to: &text)
            append(member, without: omitted, to: &text)
            text.append(0xFD)
        }
    }

    private static func appendSized(_ bytes: [UInt8], to text: inout [UInt8]) {
        appendSize(bytes.count, to: &text)
        text.append(contentsOf: bytes)
    }

    private static func appendSize(_ size: Int, to text: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: size).bigEndian) { text.append(contentsOf: $0) }
    }

    private static func digest(_ text: [UInt8]) -> ID128 {
        var hash = SHA256()
        text.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { digest in
            ID128(
                high: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
