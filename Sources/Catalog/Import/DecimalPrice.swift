/// Reads decimal prices exactly: `1.5e-07` dollars per token is 150,000,000 nano-dollars per million tokens. Never a
/// float.
package enum DecimalPrice {
    /// What one unit of the written number is.
    package enum Unit: Int, Sendable {
        /// Dollars per token or call: 1 is 10^15 nano-dollars per million.
        case dollarsPerUnit = 15
        /// US cents per token or call.
        case centsPerUnit = 13
        /// Dollars per million, the way price pages write it.
        case dollarsPerMillion = 9
    }

    /// What came of reading a number.
    package enum Reading: Hashable, Sendable {
        /// Nano-dollars per million units.
        case price(Int64)
        /// Not a decimal number.
        case malformed
        /// Below zero.
        case negative
        /// Finer than one nano-dollar per million units.
        case tooFine
        /// Beyond 64 bits.
        case tooLarge
    }

    /// Reads digits with an optional sign, fraction and exponent, and nothing else.
    ///
    /// - Parameter allowingNoise: files made by programs carry the noise of binary floats (`5.999999999999999e-05`);
    ///   with this a number within one part in ten million of a whole price is that price.
    package static func read(_ text: some Sequence<UInt8>, unit: Unit, allowingNoise: Bool) -> Reading {
        guard let number = Decimal(text) else { return .malformed }
        if number.digits == 0 { return .price(0) }
        if number.isNegative { return .negative }
        return number.scaled(by: unit.rawValue, allowingNoise: allowingNoise)
    }
}

/// A decimal number: `digits * 10^exponent`.
private struct Decimal {
    /// Enough for 36 digits; binary floats print at most 17.
    var digits: UInt128 = 0
    var exponent = 0
    var isNegative = false

    init?(_ text: some Sequence<UInt8>) {
        var iterator = text.makeIterator()
        var next = iterator.next()
        if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
            isNegative = next == UInt8(ascii: "-")
            next = iterator.next()
        }
        var sawDigit = false
        var sawPoint = false
        while let byte = next, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                guard append(byte, afterPoint: sawPoint) else { return nil }
                sawDigit = true
            }
            next = iterator.next()
        }
        guard sawDigit else { return nil }
        if next != nil, !readExponent(&iterator) { return nil }
    }

    /// Multiplies by `10^shift` and makes it whole.
    func scaled(by shift: Int, allowingNoise: Bool) -> DecimalPrice.Reading {
        let power = exponent + shift
        if power >= 0 {
            guard power <= 18 else { return .tooLarge }
            let (whole, overflow) = digits.multipliedReportingOverflow(by: Self.ten(to: power))
            return overflow || whole > UInt128(Int64.max) ? .tooLarge : .price(Int64(whole))
        }
        guard power >= -36 else { return .tooFine }
        let divisor = Self.ten(to: -power)
        let (below, rest) = digits.quotientAndRemainder(dividingBy: divisor)
        let up = rest >= divisor - rest
        let error = up ? divisor - rest : rest
        let whole = up ? below + 1 : below
        let tolerance = allowingNoise ? digits / 10_000_000 : 0
        guard error <= tolerance, whole > 0 else { return .tooFine }
        return whole > UInt128(Int64.max) ? .tooLarge : .price(Int64(whole))
    }

    private mutating func append(_ byte: UInt8, afterPoint: Bool) -> Bool {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < Self.ten(to: 35) else { return false }
        digits = digits * 10 + UInt128(byte - UInt8(ascii: "0"))
        if afterPoint { exponent -= 1 }
        return true
    }

    private mutating func readExponent(_ iterator: inout some IteratorProtocol<UInt8>) -> Bool {
        var sign = 1
        var value = 0
        var sawDigit = false
        var first = true
        while let byte = iterator.next() {
            if first, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
                sign = byte == UInt8(ascii: "-") ? -1 : 1
            } else {
                // Four digits are far beyond any price; more would only be an attempt to overflow.
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), value < 1_000 else { return false }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                sawDigit = true
            }
            first = false
        }
        exponent += sign * value
        return sawDigit
    }

    private static func ten(to power: Int) -> UInt128 {
        var result: UInt128 = 1
        for _ in 0..<power { result *= 10 }
        return result
    }
}
