/// Hexadecimal text.
package enum Hex {
    /// Appends two lower-case digits for each byte.
    package static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count * 2)
        for byte in bytes {
            output.append(digit(byte &>> 4))
            output.append(digit(byte & 15))
        }
    }

    /// Two lower-case digits for each byte.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            output.append(digit(byte &>> 4))
            output.append(digit(byte & 15))
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that `text` (either case, an even number of digits) stands for; `nil` if it is anything else.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(text.count / 2)
        var high: UInt8?
        for byte in text {
            guard let value = value(byte) else { return nil }
            if let upper = high {
                output.append(upper &<< 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return output
    }

    /// The bytes that `text` (either case, an even number of digits) stands for; `nil` if it is anything else.
    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }

    /// The digit for 0 to 15.
    @inline(__always)
    static func digit(_ value: UInt8) -> UInt8 { value < 10 ? ASCII.zero &+ value : 0x57 &+ value }

    @inline(__always)
    static func value(_ digit: UInt8) -> UInt8? {
        if ASCII.isDigit(digit) { return digit &- ASCII.zero }
        let letter = (digit | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// The number that `digits` digits at `position` stand for.
    @inline(__always)
    static func value(_ base: UnsafeRawPointer, _ position: Int, digits: Int) -> UInt32? {
        var number: UInt32 = 0
        for index in position..<position &+ digits {
            guard let value = value(base.byte(index)) else { return nil }
            number = number &<< 4 | UInt32(value)
        }
        return number
    }
}
