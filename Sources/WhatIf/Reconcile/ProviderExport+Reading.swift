import Bytes
import Vocabulary

extension ProviderExport {
    /// Reads what OpenAI and Anthropic give: reports of usage or costs as JSON (answers of their admin APIs, or several
    /// of them in one array) and as CSV (downloads of their consoles). Which one it is, is seen by its members.
    package static func read(_ bytes: [UInt8]) throws(ExportFault) -> ProviderExport {
        let first = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        guard let first else { throw ExportFault("The export is empty. Send the file that the provider gave.") }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            return try CSVExport(bytes).export()
        }
        let read: Result<ProviderExport, ExportFault> = bytes.withUnsafeBytes { bytes in
            do throws(ExportFault) { return .success(try JSONExport.read(bytes)) } catch { return .failure(error) }
        }
        return try read.get()
    }
}

/// Amounts of money as exports write them.
enum BillAmount {
    /// A plain decimal in units of `nano` nano-dollars, for example `12.345` dollars; rounded half away from zero.
    /// `nil` for anything else, and for what does not fit.
    static func money(_ text: String, nano: Int64) -> Money? {
        var digits = Array(text.utf8)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard let (mantissa, scale) = decimal(digits) else { return nil }
        // Smaller than any nano-dollar, whatever the digits.
        guard scale > -37 else { return .zero }
        var value = mantissa * Int128(nano)
        if scale >= 0 {
            guard scale < 18 else { return nil }
            for _ in 0..<scale { value *= 10 }
        } else {
            var divisor: Int128 = 1
            for _ in 0..<(-scale) { divisor *= 10 }
            value = (value + divisor / 2) / divisor
        }
        guard value <= Int128(Int64.max) else { return nil }
        return Money(nanodollars: Int64(isNegative ? -value : value))
    }

    /// Digits with a point and an exponent: `1.5`, `.5`, `2e-05`. At most 17 digits count.
    private static func decimal(_ text: ArraySlice<UInt8>) -> (mantissa: Int128, scale: Int)? {
        var mantissa: Int128 = 0
        var scale = 0
        var count = 0
        var hasPoint = false
        var rest = text
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                count += 1
                if mantissa < 10_000_000_000_000_000 {
                    mantissa = mantissa * 10 + Int128(byte - UInt8(ascii: "0"))
                    if hasPoint { scale -= 1 }
                } else if !hasPoint {
                    scale += 1
                }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard count > 0 else { return nil }
        guard let mark = rest.first else { return (mantissa, scale) }
        guard mark | 0x20 == UInt8(ascii: "e"), let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
            abs(exponent) < 30
        else { return nil }
        return (mantissa, scale + exponent)
    }
}
