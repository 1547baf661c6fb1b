import Bytes

// The simulator favours plain arrays over walks: its requests are small.
extension JSONView {
    /// The elements of an array; empty for anything else.
    var list: [JSONView] { Array(elements) }

    /// The members of an object in their order; empty for anything else.
    var pairs: [(String, JSONView)] { members.map { ($0.key.string, $0.value) } }

    func member(named name: String) -> JSONView? { pairs.first { $0.0 == name }?.1 }

    /// A number that is whole and fits, `3.0` included.
    var wholeNumber: Int? {
        if let int64 { return Int(clamping: int64) }
        return double.flatMap { Int(exactly: $0) }
    }

    /// The member `key` as a whole number.
    func integer(_ key: StaticString) -> Int? { self[key]?.wholeNumber }

    /// The member `key` if it is there and not null.
    func present(_ key: StaticString) -> JSONView? { self[key].flatMap { $0.isNull ? nil : $0 } }
}
