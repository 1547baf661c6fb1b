/// A piece of a list.
public struct Page<Element: Codable & Sendable>: Codable, Sendable {
    /// The elements, in the order asked for.
    public var data: [Element]
    /// Where the next page begins; `nil` on the last.
    public var nextCursor: String?
    /// How many match in all, where that was asked for.
    public var total: Int?

    /// A page of the given parts.
    public init(data: [Element], nextCursor: String? = nil, total: Int? = nil) {
        self.data = data
        self.nextCursor = nextCursor
        self.total = total
    }

    enum CodingKeys: String, CodingKey {
        case data, total
        case nextCursor = "next_cursor"
    }
}

extension Page: Equatable where Element: Equatable {}
