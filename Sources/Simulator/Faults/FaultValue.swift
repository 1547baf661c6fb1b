/// The values of directives.
enum FaultValue {
    static let positionHelp = "give before-first-byte, after-first-byte, after-N-chunks or halfway"

    /// `200ms`, `2s`, `1500us`, or a plain number of seconds; one hour at most, because every wait has a bound.
    static func microseconds(_ text: String) -> Int? {
        let units = [("us", 1), ("ms", 1000), ("s", 1_000_000), ("", 1_000_000)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), number >= 0, number * Double(factor) <= 3.6e9 else {
                return nil
            }
            return Int(number * Double(factor))
        }
        return nil
    }

    /// `4096`, `64k`, `1m` (1,024 and its square), with an optional `/s`; 64 MiB at most, because it is held in memory.
    static func bytes(_ text: String) -> Int? {
        let plain = text.hasSuffix("/s") ? String(text.dropLast(2)) : text
        for (unit, factor) in [("k", 1 << 10), ("m", 1 << 20), ("", 1)] where plain.hasSuffix(unit) {
            guard let number = Int(plain.dropLast(unit.count)), (1...(64 << 20)).contains(number) else { return nil }
            return number * factor <= 64 << 20 ? number * factor : nil
        }
        return nil
    }

    static func position(_ text: String) -> FaultPosition? {
        switch text {
        case "before-first-byte": return .beforeFirstByte
        case "after-first-byte": return .afterFirstByte
        case "halfway": return .halfway
        default:
            let parts = text.split(separator: "-")
            guard parts.count == 3, parts[0] == "after", parts[2].hasPrefix("chunk"), let count = Int(parts[1]),
                count > 0
            else { return nil }
            return .afterChunks(count)
        }
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        var slice = Substring(text)
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
