/// What an imported price file gave, and what it did not and why.
package struct PriceImport: Sendable {
    /// Why an entry of the file is not among the models.
    package enum SkipReason: String, Sendable, CaseIterable {
        /// Images, audio, pages, searches: not priced per token of text.
        case otherUnit = "other_unit"
        /// No input price, or 0, which these files use for "unknown".
        case noPrice = "no_price"
        /// A price finer than a nano-dollar per million, negative, or beyond 64 bits.
        case notRepresentable = "not_representable"
        /// The file has the same model under another key.
        case duplicate
        /// Not the object this kind of file has.
        case malformed
    }

    /// An entry that was left out.
    package struct Skipped: Hashable, Sendable {
        package var name: String
        package var reason: SkipReason
    }

    package var models: [CatalogModel] = []
    package var skipped: [Skipped] = []
    private var seen: Set<String> = []

    package init() {}

    /// How many entries were left out for each reason.
    package var skippedCounts: [SkipReason: Int] {
        skipped.reduce(into: [:]) { counts, entry in counts[entry.reason, default: 0] += 1 }
    }

    mutating func skip(_ name: String, _ reason: SkipReason) { skipped.append(Skipped(name: name, reason: reason)) }

    /// Keeps the first model of a name, as the file's own readers do.
    mutating func keep(_ model: CatalogModel) {
        if seen.insert("\(model.provider)/\(model.name)").inserted {
            models.append(model)
        } else {
            skip(model.name, .duplicate)
        }
    }

    /// Joins two files' results, for formats that have a file per provider.
    package mutating func merge(_ other: PriceImport) {
        for model in other.models { keep(model) }
        skipped += other.skipped
    }
}

/// What all imported rows of one run have in common.
package struct PriceImportStamp: Hashable, Sendable {
    /// The rows' version, for example the day the file was fetched.
    package var version: String
    /// From when the imported prices hold, microseconds since the Unix epoch.
    package var effectiveFrom: Int64
    /// Where the file came from, for entries that name no source of their own.
    package var sourceURL: String

    package init(version: String, effectiveFrom: Int64, sourceURL: String) {
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.sourceURL = sourceURL
    }

    func row(tiers: [PriceTier], sourceURL own: String?) -> PriceRow {
        PriceRow(
            version: version, effectiveFrom: effectiveFrom, source: .imported, sourceURL: own ?? sourceURL,
            tiers: tiers
        )
    }
}
