/// Reads numbers that are written as RFC 8259 demands.
enum JSONNumber {
    /// A number taken apart: its value is `digits` (leading zeros removed) times ten to the power of `exponent`.
    private struct Decimal {
        var isNegative = false
        /// The first 19 significant digits, which always fit.
        var digits: UInt64 = 0
        /// How many significant digits there are, trailing zeros before the exponent included.
        var digitCount = 0
        var exponent = 0
        /// True if a digit other than zero did not fit into `digits`.
        var isTruncated = false
    }

    /// The exact value if it is integral and fits, otherwise `nil`.
    static func int64(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var decimal = decimal(bytes)
        if decimal.digits == 0 { return 0 }
        if decimal.isTruncated { return nil }
        while decimal.exponent < 0 {
            let (quotient, remainder) = decimal.digits.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { return nil }
            decimal.digits = quotient
            decimal.exponent += 1
        }
        while decimal.exponent > 0 {
            let (product, overflow) = decimal.digits.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            decimal.digits = product
            decimal.exponent -= 1
        }
        if decimal.isNegative {
            return decimal.digits <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- decimal.digits) : nil
        }
        return Int64(exactly: decimal.digits)
    }

    /// The nearest value, `nil` if it is not finite.
    static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
        let decimal = decimal(bytes)
        // Clinger's fast path: both factors are exact doubles, so the one operation rounds correctly.
        if !decimal.isTruncated, decimal.digits <= 1 &<< 53, -22...22 ~= decimal.exponent {
            let magnitude = Double(decimal.digits)
            let power = powersOfTen[abs(decimal.exponent)]
            let value = decimal.exponent < 0 ? magnitude / power : magnitude * power
            return decimal.isNegative ? -value : value
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    private static func decimal(_ bytes: UnsafeRawBufferPointer) -> Decimal {
        var decimal = Decimal()
        var isFraction = false
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if ASCII.isDigit(byte) {
                append(byte &- ASCII.zero, isFraction: isFraction, to: &decimal)
            } else if byte == ASCII.minus {
                decimal.isNegative = true
            } else if byte == ASCII.dot {
                isFraction = true
            } else {
                decimal.exponent += exponent(bytes, from: index + 1)
                return decimal
            }
        }
        return decimal
    }

    @inline(__always)
    private static func append(_ digit: UInt8, isFraction: Bool, to decimal: inout Decimal) {
        if isFraction { decimal.exponent -= 1 }
        if decimal.digitCount == 0, digit == 0 { return }
        if decimal.digitCount < 19 {
            decimal.digits = decimal.digits &* 10 &+ UInt64(digit)
            decimal.digitCount += 1
        } else {
            decimal.isTruncated = decimal.isTruncated || digit != 0
            decimal.exponent += 1
        }
    }

    private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var value = 0
        var isNegative = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte == ASCII.minus { isNegative = true }
            // Far beyond any number's range already; more digits would only overflow.
            if ASCII.isDigit(byte), value < 1_000_000_000 { value = value * 10 + Int(byte &- ASCII.zero) }
        }
        return isNegative ? -value : value
    }
}
