/// Why a catalogue, a price file or a local price could not be used.
package struct CatalogError: Error, Hashable, Sendable {
    /// Stable names, for logs and the API.
    package enum Code: String, Sendable, CaseIterable {
        /// The text is not JSON.
        case notJSON = "catalog_not_json"
        /// JSON, but not laid out as this kind of file is.
        case unexpectedLayout = "catalog_unexpected_layout"
        /// A price that is not a plain decimal number of dollars.
        case badPrice = "catalog_bad_price"
        /// A bucket, plan or date that does not exist.
        case badField = "catalog_bad_field"
    }

    package var code: Code
    /// What was found and where.
    package var cause: String
    /// What to do about it.
    package var advice: String

    package init(_ code: Code, cause: String, advice: String) {
        self.code = code
        self.cause = cause
        self.advice = advice
    }
}

extension CatalogError: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(cause). \(advice)" }
}
