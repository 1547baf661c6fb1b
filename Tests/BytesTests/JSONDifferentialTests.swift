import Bytes
import Foundation
import Testing

/// Our parser against Foundation's on texts with random damage.
///
/// They may differ, by design, in five ways. Foundation allows a comma after the last member or element, guesses UTF-16
/// and UTF-32, drops a byte order mark, and refuses lone surrogate escapes and numbers beyond `Double`; such texts are
/// left out. It stops at 512 levels, which no text here reaches. And it reads fractions as `Decimal`, whose conversion
/// to `Double` is a few units off in the last place; that ours is the nearest is tested against `Double(_: String)`.
struct JSONDifferentialTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func theSameTextsAreAcceptedAndMeanTheSame(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var compared = 0
        for _ in 0..<60 {
            var bytes = Array(RandomJSON.make(&generator, depth: 3).styled(&generator).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &generator) { mutate(&bytes, &generator) }
            guard !isLeftOut(bytes) else { continue }
            compared += 1
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let ours = try? withJSON(bytes) { RandomJSON($0) }
            guard let theirs, let ours else {
                #expect(theirs == nil && ours == nil, "\(text(bytes)): \(String(describing: syntaxError(of: bytes)))")
                continue
            }
            #expect(matches(ours, theirs), "\(text(bytes))")
        }
        #expect(compared > 20)
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: bytes.indices, using: &generator)
        let interesting =
            Array("{}[]\",:\\ \n0123456789-+.eEtrufalsn/x".utf8) + [0x01, 0x1F, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF4]
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(interesting.randomElement(using: &generator) ?? 0x20, at: index)
        case 2: bytes[index] = interesting.randomElement(using: &generator) ?? 0x20
        default: bytes.insert(contentsOf: bytes[index...].prefix(5), at: index)
        }
    }

    private func isLeftOut(_ bytes: [UInt8]) -> Bool {
        let visible = bytes.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let pairs = zip(visible, visible.dropFirst())
        if pairs.contains(where: { $0 == 0x2C && ($1 == 0x5D || $1 == 0x7D) }) { return true }
        if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
        guard let read = try? withJSON(bytes, { hasLoneSurrogateOrHugeNumber($0) }) else { return false }
        return read
    }

    private func hasLoneSurrogateOrHugeNumber(_ view: JSONView) -> Bool {
        switch view.kind {
        case .number: view.double == nil
        case .string: isReplaced(view.string, raw: view.raw)
        case .array: view.elements.contains { hasLoneSurrogateOrHugeNumber($0) }
        case .object:
            view.members.contains {
                isReplaced($0.key.string, raw: $0.key.raw) || hasLoneSurrogateOrHugeNumber($0.value)
            }
        default: false
        }
    }

    private func isReplaced(_ string: String?, raw: UnsafeRawBufferPointer) -> Bool {
        let surrogates = text(Array(raw)).lowercased().components(separatedBy: "\\ud").count - 1
        return surrogates > 0 && string?.unicodeScalars.contains("\u{FFFD}") == true
    }

    private func isNear(_ one: Double, _ other: Double) -> Bool {
        // Fifty units in the last place; below 1e-120 Decimal has no digits left.
        abs(one - other) <= 1e-14 * abs(other) || abs(other) < 1e-120
    }

    private func matches(_ ours: RandomJSON, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let value): return (theirs as? NSNumber)?.boolValue == value
        case .int(let value): return (theirs as? NSNumber)?.int64Value == value
        case .double(let value): return (theirs as? NSNumber).map { isNear($0.doubleValue, value) } ?? false
        case .string(let value): return (theirs as? String).map { Array($0.utf8) == Array(value.utf8) } ?? false
        case .array(let elements):
            guard let theirs = theirs as? [Any], theirs.count == elements.count else { return false }
            return zip(elements, theirs).allSatisfy { matches($0, $1) }
        case .object(let members):
            // Of keys that Swift's String holds equal (repeated, or canonically equivalent) Foundation keeps one.
            guard let theirs = theirs as? [String: Any], theirs.count == Set(members.map(\.key)).count else {
                return false
            }
            return members.allSatisfy { member in
                members.count(where: { $0.key == member.key }) > 1
                    || theirs[member.key].map { matches(member.value, $0) } == true
            }
        }
    }
}
