/// A fault that could not be read.
package struct FaultGrammarError: Error, Sendable, Equatable {
    /// The directive as it was written.
    package var directive: String
    /// What is wrong with it, for people.
    package var reason: String

    /// One sentence that says what to do.
    package var message: String { "The simulated fault '\(directive)' can't be used: \(reason)." }
}

extension FaultGrammarError: CustomStringConvertible {
    package var description: String { message }
}

/// The grammar of faults: directives separated by `;`, each `name` or `name=value`. See docs/simulator.md.
enum FaultGrammar {
    private enum Directive: Sendable {
        case duration(any WritableKeyPath<Fault, Int?> & Sendable)
        case size(any WritableKeyPath<Fault, Int?> & Sendable)
        case count(any WritableKeyPath<Fault, Int?> & Sendable, ClosedRange<Int>)
        case position(any WritableKeyPath<Fault, FaultPosition?> & Sendable, bare: FaultPosition)
        case flag(any WritableKeyPath<Fault, Bool> & Sendable)
    }

    private static let directives: [String: Directive] = [
        "first-byte-delay": .duration(\.firstByteDelay), "first-event-delay": .duration(\.firstEventDelay),
        "chunk-delay": .duration(\.chunkDelay), "retry-after": .duration(\.retryAfter),
        "status": .count(\.status, 400...599), "split": .size(\.split),
        "malformed-event": .count(\.malformedEvent, many),
        "slow-read": .size(\.slowRead), "big": .size(\.big), "cached-tokens": .count(\.cachedTokens, many),
        "reasoning-tokens": .count(\.reasoningTokens, many), "reset": .position(\.reset, bare: .beforeFirstByte),
        "truncate": .position(\.truncate, bare: .halfway), "hang": .position(\.hang, bare: .beforeFirstByte),
        "error-event": .position(\.errorEvent, bare: .halfway), "endless": .flag(\.endless),
        "malformed-json": .flag(\.malformedJSON), "no-done": .flag(\.noDone), "crlf": .flag(\.crlf), "cr": .flag(\.cr),
        "comments": .flag(\.comments), "close-after-response": .flag(\.closeAfterResponse),
        "no-usage": .flag(\.noUsage),
    ]

    private static let many = 0...1_000_000_000

    /// Applies the directives of `text` to `fault`; a later directive replaces an earlier one of the same name.
    static func apply(_ text: String, to fault: inout Fault) throws(FaultGrammarError) {
        for part in text.split(separator: ";") {
            let directive = FaultValue.trimmed(part)
            if directive.isEmpty { continue }
            let pair = directive.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? FaultValue.trimmed(pair[1]) : nil
            if let reason = set(FaultValue.trimmed(pair[0]), value, &fault) {
                throw FaultGrammarError(directive: directive, reason: reason)
            }
        }
    }

    /// Sets one directive; what is wrong with it otherwise.
    private static func set(_ name: String, _ value: String?, _ fault: inout Fault) -> String? {
        switch directives[name] {
        case .duration(let path):
            fault[keyPath: path] = value.flatMap(FaultValue.microseconds)
            return fault[keyPath: path] == nil ? "give a time up to one hour such as 200ms or 2s" : nil
        case .size(let path):
            fault[keyPath: path] = value.flatMap(FaultValue.bytes)
            return fault[keyPath: path] == nil ? "give a size from 1 to 64m such as 4096 or 64k" : nil
        case .count(let path, let range):
            fault[keyPath: path] = value.flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
            return fault[keyPath: path] == nil ? "give a number from \(range.lowerBound) to \(range.upperBound)" : nil
        case .position(let path, let bare):
            fault[keyPath: path] = value.map(FaultValue.position) ?? bare
            return fault[keyPath: path] == nil ? FaultValue.positionHelp : nil
        case .flag(let path):
            fault[keyPath: path] = true
            return value == nil ? nil : "it takes no value"
        case nil: return "its name is none of \(directives.keys.sorted().joined(separator: ", "))"
        }
    }
}
