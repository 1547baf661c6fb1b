package import Vocabulary

/// Where a price row comes from. Raw values are stored with receipts.
package enum PriceSource: String, Sendable, CaseIterable {
    /// The catalogue inside the binary.
    case catalog
    /// A price file the operator imported.
    case imported = "import"
    /// A price the operator set.
    case override

    /// Rows of a higher rank win wherever they have begun: what somebody chose over what we ship.
    var rank: Int {
        switch self {
        case .catalog: 0
        case .imported: 1
        case .override: 2
        }
    }
}

/// One version of a model's prices. Rows are never changed in place: a correction is a new row with a new version.
package struct PriceRow: Hashable, Sendable {
    /// The name of the version, for example `2026-11-23`.
    package var version: String
    /// The row holds from here on, until a later one of the same source. A model's earliest row also holds before it.
    package var effectiveFrom: UnixMicroseconds
    package var source: PriceSource
    /// The page or file the figures were read from; empty where the operator set them.
    package var sourceURL: String
    /// The day somebody last compared the figures with that source, `YYYY-MM-DD`; empty if unknown.
    package var checkedOn: String
    package var evidence: PriceEvidence
    /// At least the standard base tier.
    package var tiers: [PriceTier]

    package init(
        version: String, effectiveFrom: UnixMicroseconds, source: PriceSource, sourceURL: String = "",
        checkedOn: String = "", evidence: PriceEvidence = .single, tiers: [PriceTier]
    ) {
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.source = source
        self.sourceURL = sourceURL
        self.checkedOn = checkedOn
        self.evidence = evidence
        self.tiers = tiers
    }

    /// The standard price of an ordinary call, for lists and forms.
    package var base: BucketPrices { tiers.tier(plan: .standard, inputTokens: 0)?.prices ?? BucketPrices() }
}

/// How well a price row is supported.
package enum PriceEvidence: String, Sendable, CaseIterable {
    /// Two independent public sources say the same.
    case confirmed
    /// One source only.
    case single
    /// Sources disagree; the one that links to the vendor's own page was kept.
    case disputed
}
