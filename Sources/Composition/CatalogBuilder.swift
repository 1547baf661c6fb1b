import Catalog
import Glibc
import Settings
import Vocabulary

/// The built-in catalogue, with imported price files and the operator's own prices on top.
enum CatalogBuilder {
    /// Reads files on the calling thread.
    ///
    /// - Throws: `StartupError` that names the file or the price.
    static func build(_ settings: Settings, now: UnixMicroseconds) throws -> Catalog {
        do throws(CatalogError) {
            var catalog = try Catalog.builtIn()
            for file in settings.pricesImport {
                catalog = catalog.merging(try read(file, now: now), preferImported: true)
            }
            var overrides: [PriceOverride] = []
            for price in settings.prices { overrides.append(try override(price)) }
            return catalog.applying(overrides)
        } catch {
            throw StartupError("The prices can't be used: \(error)")
        }
    }

    private static func override(_ price: Settings.Price) throws(CatalogError) -> PriceOverride {
        try PriceOverride(
            provider: price.provider, model: price.model, nanodollarsPerMillion: price.nanodollarsPerMillion,
            effectiveFrom: price.effectiveFrom
        )
    }

    private static func read(
        _ file: Settings.PriceImport, now: UnixMicroseconds
    ) throws(CatalogError) -> PriceImport {
        let bytes = try contents(of: file.path)
        let stamp = PriceImportStamp(version: "import", effectiveFrom: 0, sourceURL: file.path)
        let result: Result<PriceImport, CatalogError> = bytes.withUnsafeBytes { bytes in
            do throws(CatalogError) {
                return .success(try parse(bytes, file, stamp))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func parse(
        _ bytes: UnsafeRawBufferPointer, _ file: Settings.PriceImport, _ stamp: PriceImportStamp
    ) throws(CatalogError) -> PriceImport {
        switch file.format {
        case .litellm: return try LiteLLMPriceFile.read(bytes, stamp: stamp)
        case .portkey:
            // Portkey keeps one file per provider, named for it.
            let name = file.path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
            return try PortkeyPriceFile.read(bytes, provider: name, stamp: stamp)
        }
    }

    private static func contents(of path: String) throws(CatalogError) -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw CatalogError(
                .notJSON, cause: "the price file \(path) can't be opened (\(String(cString: strerror(errno))))",
                advice: "Check the path in prices_import."
            )
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
