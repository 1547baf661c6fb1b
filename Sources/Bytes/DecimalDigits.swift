/// Decimal text of whole numbers.
package enum DecimalDigits {
    /// Appends `value`, with a minus sign if it is negative, without a `String`.
    package static func append(_ value: Int64, to output: inout [UInt8]) {
        if value < 0 { output.append(ASCII.minus) }
        var rest = value.magnitude
        var count = 1
        while rest >= 10 { (rest, count) = (rest / 10, count + 1) }
        let start = output.count
        output.append(contentsOf: repeatElement(ASCII.zero, count: count))
        rest = value.magnitude
        for index in stride(from: start + count - 1, through: start, by: -1) {
            output[index] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
