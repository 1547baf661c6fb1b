import Bytes
import Foundation
import Testing

/// The public JSONTestSuite: `y_` must be accepted, `n_` must be refused, `i_` may be either but must not crash.
struct JSONTestSuiteTests {
    @Test func everyVectorIsAcceptedOrRefusedAsItsNameSays() throws {
        guard let folder = Vectors.folder("json") else {
            Vectors.reportSkipped("json", "JSONTestSuite")
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        var counts: [Character: Int] = [:]
        for name in names.sorted() {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            let error = syntaxError(of: bytes)
            switch name.first {
            case "y": #expect(error == nil, "\(name) must be accepted")
            case "n": #expect(error != nil, "\(name) must be refused")
            default: break
            }
            if let first = name.first { counts[first, default: 0] += 1 }
        }
        print("JSONTestSuite: \(names.count) vectors, \(counts.sorted { $0.key < $1.key })")
        #expect(counts["y", default: 0] > 50)
        #expect(counts["n", default: 0] > 100)
    }
}
