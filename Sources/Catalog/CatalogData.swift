import Bytes
import CCatalogData

extension Catalog {
    /// The catalogue inside the binary. Decodes it anew on each call (about a millisecond): keep the result.
    ///
    /// - Throws: `notJSON` or `unexpectedLayout` if the binary was built from a damaged file.
    package static func builtIn() throws(CatalogError) -> Catalog {
        try Catalog(json: UnsafeRawBufferPointer(start: signalbox_catalog(), count: signalbox_catalog_size()))
    }

    /// Reads a catalogue in our own layout (docs/prices.md).
    ///
    /// - Throws: `notJSON` with the offset, or `unexpectedLayout` naming the model.
    package init(json bytes: UnsafeRawBufferPointer) throws(CatalogError) {
        let root: JSONView
        do {
            root = try JSONView.parse(bytes)
        } catch {
            throw CatalogError(.notJSON, cause: "\(error)", advice: "Rebuild from an undamaged catalog.json.")
        }
        guard root["format"]?.int64 == 1, let list = root["models"] else {
            throw CatalogError(
                .unexpectedLayout, cause: "no `models`, or a `format` other than 1",
                advice: "Use a catalogue file made for this version."
            )
        }
        var decoder = CatalogDecoder(providers: root["providers"])
        var models: [CatalogModel] = []
        models.reserveCapacity(640)  // A little more than the built-in file has.
        for entry in list.elements { models.append(try decoder.model(entry)) }
        self.init(version: root["version"]?.string ?? "", models: models)
    }
}
