import Bytes
import Vocabulary

/// Shorthand for the members that the API's objects are made of; `nil` is written as null.
extension JSONWriter {
    mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    mutating func member(_ name: StaticString, _ value: Int64?) {
        key(name)
        if let value { int(value) } else { null() }
    }

    mutating func member(_ name: StaticString, _ value: Bool?) {
        key(name)
        if let value { bool(value) } else { null() }
    }

    mutating func member(_ name: StaticString, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// RFC 3339 in UTC with microseconds.
    mutating func member(_ name: StaticString, time: UnixMicroseconds?) {
        member(name, time.map(RFC3339.format))
    }

    /// Milliseconds with up to three decimals.
    mutating func member(_ name: StaticString, milliseconds duration: Microseconds?) {
        key(name)
        guard let duration else { return null() }
        decimal(milliseconds: duration)
    }

    /// An amount in whole nano-dollars.
    mutating func member(_ name: StaticString, _ money: Money?) {
        member(name, money?.nanodollars)
    }

    /// Exact by integer arithmetic: a double would turn 0.1 ms into 0.1000000000000000055.
    mutating func decimal(milliseconds duration: Microseconds) {
        var text = Array("\(duration < 0 ? "-" : "")\(duration.magnitude / 1_000)".utf8)
        var rest = duration.magnitude % 1_000
        if rest > 0 {
            text.append(UInt8(ascii: "."))
            var power: UInt64 = 100
            while rest > 0 {
                text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / power))
                rest %= power
                power /= 10
            }
        }
        text.withUnsafeBytes { raw($0) }
    }
}
