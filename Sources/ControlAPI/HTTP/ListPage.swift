/// A page of a list that is held in memory.
struct ListPage<Item> {
    var items: ArraySlice<Item>
    var next: Cursor?
    var total: Int?

    /// Largest `limit` anywhere: a page stays below a few megabytes.
    static var limits: ClosedRange<Int> { 1...1000 }

    /// The page that `limit`, `cursor` and `count` ask for.
    ///
    /// - Parameters:
    ///   - items: Everything that matches, sorted by `identity`.
    ///   - identity: What tells items apart and orders them.
    init(
        of items: [Item], _ list: Cursor.List, query: QueryItems, identity: (Item) -> String
    ) throws(APIError) {
        let limit = try query.integer("limit", in: Self.limits) ?? Self.limits.upperBound
        total = try query.flag("count") == true ? items.count : nil
        var rest = items[...]
        if let cursor = try Cursor(query, for: list) {
            guard let after = String(validating: cursor.position, as: UTF8.self) else { throw Cursor.invalid }
            rest = rest.drop { identity($0) <= after }
        }
        self.items = rest.prefix(limit)
        next = rest.count > limit ? self.items.last.map { Cursor(list, Array(identity($0).utf8)) } : nil
    }
}
