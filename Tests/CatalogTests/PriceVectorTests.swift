import Catalog
import Foundation
import Testing
import Vocabulary

/// The two public price files, read whole. They are not in this repository: the tests look in `$SIGNALBOX_VECTORS`,
/// else in `../shared/vectors` beside the checkout, and are shown as skipped where there is nothing.
@Suite struct PriceVectorTests {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["SIGNALBOX_VECTORS"] {
            return URL(fileURLWithPath: path).appendingPathComponent("prices")
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../shared/vectors/prices").standardizedFileURL
    }()
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path + "/litellm.json") }

    private let stamp = PriceImportStamp(version: "2026-11-01", effectiveFrom: 0, sourceURL: "https://example.com")

    private func liteLLM() throws -> PriceImport {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("litellm.json"))
        return try [UInt8](data).withUnsafeBytes { try LiteLLMPriceFile.read($0, stamp: stamp) }
    }

    private func portkey() throws -> PriceImport {
        let folder = Self.folder.appendingPathComponent("portkey")
        var all = PriceImport()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard name.hasSuffix(".json") else { continue }
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            let provider = String(name.dropLast(5))
            all.merge(try bytes.withUnsafeBytes { try PortkeyPriceFile.read($0, provider: provider, stamp: stamp) })
        }
        return all
    }

    @Test(.enabled(if: isPresent, "no public price files beside the checkout"))
    func liteLLMsFileIsReadWhole() throws {
        let result = try liteLLM()
        report("LiteLLM", result)
        #expect(result.models.count > 2_500)
        // One member of the file is a list of rules, no model.
        #expect(result.skippedCounts[.malformed, default: 0] <= 1)
        #expect(result.skippedCounts[.notRepresentable, default: 0] <= 5)
    }

    @Test(.enabled(if: isPresent, "no public price files beside the checkout"))
    func portkeysFilesAreReadWhole() throws {
        let result = try portkey()
        report("Portkey", result)
        #expect(result.models.count > 2_000)
        #expect(result.skippedCounts[.notRepresentable, default: 0] <= 20)
    }

    /// What we ship equals what LiteLLM's file says, but for rows that only the other file has.
    @Test(.enabled(if: isPresent, "no public price files beside the checkout"))
    func theBuiltInCatalogueAgreesWithLiteLLMsFile() throws {
        let catalog = try BuiltIn.catalog.get()
        var counts = (compared: 0, agreeing: 0)
        var differing: [String] = []
        for theirs in try liteLLM().models {
            guard let ours = catalog.model(provider: theirs.provider, name: theirs.name),
                ours.name == theirs.name || ours.aliases.contains(theirs.name)
            else { continue }
            counts.compared += 1
            if agree(ours.price(at: Golden.time).base, theirs.prices[0].base) {
                counts.agreeing += 1
            } else {
                differing.append("\(theirs.provider)/\(theirs.name)")
            }
        }
        print("built-in catalogue against LiteLLM's file: \(counts.agreeing) of \(counts.compared) agree")
        #expect(counts.compared > 500)
        #expect(differing.isEmpty)
    }

    /// Rows that call themselves confirmed are.
    @Test(.enabled(if: isPresent, "no public price files beside the checkout"))
    func confirmedRowsEqualPortkeysFiles() throws {
        let catalog = try BuiltIn.catalog.get()
        var compared = 0
        for theirs in try portkey().models {
            guard let ours = catalog.models(ofProvider: theirs.provider).first(where: { $0.name == theirs.name }),
                let row = ours.prices.last, row.evidence == .confirmed
            else { continue }
            compared += 1
            #expect(agree(row.base, theirs.prices[0].base), "\(theirs.provider)/\(theirs.name)")
        }
        print("confirmed rows against Portkey's files: \(compared) compared")
        #expect(compared > 150)
    }

    /// Input, output and cache read, where both have them.
    private func agree(_ a: BucketPrices, _ b: BucketPrices) -> Bool {
        [PriceBucket.uncachedInput, .outputText, .cacheRead].allSatisfy { bucket in
            guard let left = a[bucket], let right = b[bucket] else { return true }
            return left == right
        }
    }

    private func report(_ name: String, _ result: PriceImport) {
        let skipped = result.skippedCounts.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.rawValue)" }
        print("\(name): \(result.models.count) models, left out: \(skipped.joined(separator: ", "))")
    }
}
