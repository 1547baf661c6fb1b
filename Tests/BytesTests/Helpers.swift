import Bytes

/// The mistake that makes `bytes` no JSON text, `nil` if they are one.
func syntaxError(of bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONSyntaxError? {
    bytes.withUnsafeBytes { buffer in
        do throws(JSONSyntaxError) {
            _ = try JSONView.parse(buffer, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}

/// The mistake that makes `text` no JSON text, `nil` if it is one.
func syntaxError(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONSyntaxError? {
    syntaxError(of: Array(text.utf8), limits: limits)
}

/// Parses `bytes` and lends the view to `body`.
func withJSON<Result>(_ bytes: [UInt8], _ body: (JSONView) throws -> Result) throws -> Result {
    try bytes.withUnsafeBytes { try body(JSONView.parse($0)) }
}

/// Parses `text` and lends the view to `body`.
func withJSON<Result>(_ text: String, _ body: (JSONView) throws -> Result) throws -> Result {
    try withJSON(Array(text.utf8), body)
}

/// The text that `bytes` are in UTF-8.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The same numbers for the same seed on every machine (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }
}
