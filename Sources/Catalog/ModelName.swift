/// The ways a model's name may differ from the one in the catalogue and still mean that model.
package enum ModelName {
    /// The first answer of `find` for `name` as written, then for what is left of it without, in this order: a path
    /// (`models/`), a fine-tune's owner (`ft:base:org:name:id`), a snapshot's date, and the pointer `-latest`.
    ///
    /// Only full dates are taken off (`-2024-07-18`, `-20241022`, `@20241022`): in a name like `mistral-large-2407`
    /// the four digits tell two differently priced models apart.
    package static func firstMatch<Found>(for name: String, _ find: (String) -> Found?) -> Found? {
        if let found = find(name) { return found }
        var rest = Substring(name)
        for step in [withoutPath, withoutOwner, withoutDate, withoutLatest] {
            guard let shorter = step(rest) else { continue }
            rest = shorter
            if let found = find(String(rest)) { return found }
        }
        return nil
    }

    private static func withoutPath(_ name: Substring) -> Substring? {
        for prefix in ["models/", "publishers/google/models/", "publishers/anthropic/models/"]
        where name.hasPrefix(prefix) {
            return name.dropFirst(prefix.count)
        }
        return nil
    }

    private static func withoutOwner(_ name: Substring) -> Substring? {
        guard name.hasPrefix("ft:") else { return nil }
        let parts = name.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count > 2 ? name[..<parts[1].endIndex] : nil
    }

    private static func withoutDate(_ name: Substring) -> Substring? {
        for shape in ["-dddd-dd-dd", "-dddddddd", "@dddddddd"] where name.utf8.count > shape.utf8.count {
            let tail = name.utf8.suffix(shape.utf8.count)
            if zip(tail, shape.utf8).allSatisfy(fits) { return name[..<tail.startIndex] }
        }
        return nil
    }

    private static func withoutLatest(_ name: Substring) -> Substring? {
        name.hasSuffix("-latest") ? name.dropLast(7) : nil
    }

    private static func fits(_ byte: UInt8, _ shape: UInt8) -> Bool {
        shape == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == shape
    }
}
