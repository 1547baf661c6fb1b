// Compiled together with Sources/Bytes as one module by `Fuzz/run`; see there.
import Foundation

/// The fuzzer's entry: the first byte chooses what is tried, the rest is the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    // A copy of the exact length: the sanitizer sees one byte too many.
    let input = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start[0] % 6 {
    case 0: parseAgreesWithFoundation(input)
    case 1: uncheckedViewsStayInside(input)
    case 2: patchesChangeNothingElse(input)
    case 3: canonicalTextIsStable(input)
    case 4: eventsDoNotDependOnTheSplit(input)
    default: whatIsWrittenIsValid(input)
    }
    return 0
}

func require(_ condition: Bool, _ what: String) {
    if !condition { fatalError(what) }
}

/// Parses, lends the view and says whether the text was valid.
func withJSON(_ bytes: [UInt8], maximumDepth: Int = 128, _ body: (JSONView) -> Void) -> Bool {
    bytes.withUnsafeBytes { buffer in
        guard let view = try? JSONView.parse(buffer, limits: JSONLimits(maximumDepth: maximumDepth)) else {
            return false
        }
        require(view.range.upperBound <= bytes.count, "a value ends beyond the text")
        body(view)
        return true
    }
}
