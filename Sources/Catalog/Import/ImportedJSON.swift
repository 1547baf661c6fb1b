import Bytes
import Vocabulary

/// What both importers need.
enum ImportedJSON {
    /// The root object of a file.
    static func object(_ bytes: UnsafeRawBufferPointer, what: String) throws(CatalogError) -> JSONView {
        let root: JSONView
        do {
            root = try JSONView.parse(bytes)
        } catch {
            throw CatalogError(.notJSON, cause: "\(error)", advice: "Fetch \(what) again; it may be cut short.")
        }
        guard root.kind == .object else {
            throw CatalogError(
                .unexpectedLayout, cause: "no object at the top", advice: "Check that this is \(what)."
            )
        }
        return root
    }

    /// A number as nano-dollars per million units; `nil` if it can't be represented.
    static func price(_ value: JSONView, _ unit: DecimalPrice.Unit) -> Int64? {
        guard value.kind == .number,
            case .price(let price) = DecimalPrice.read(value.raw, unit: unit, allowingNoise: true)
        else { return nil }
        return price
    }

    /// A tier that costs nothing.
    static var free: PriceTier {
        var prices = BucketPrices()
        prices[.uncachedInput] = 0
        return PriceTier(plan: .standard, aboveInputTokens: 0, prices: prices)
    }
}

/// An entry that is no model.
struct SkippedEntry: Error {
    var reason: PriceImport.SkipReason
}
