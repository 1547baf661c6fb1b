/// Which models somebody may use, from a list of names, ready for looking names up.
struct ModelAllowance: Sendable, Equatable {
    private var names: Set<String> = []
    /// Beginnings, from names that end in `*`.
    private var beginnings: [String] = []

    /// - Parameter list: Names, with a trailing `*` for any ending. An empty list would allow nothing: make none of it.
    init(_ list: [String]) {
        for name in list {
            if name.utf8.last == UInt8(ascii: "*") { beginnings.append(String(name.dropLast())) } else {
                names.insert(name)
            }
        }
    }

    /// Whether the list names `model`.
    func allows(_ model: String) -> Bool {
        names.contains(model) || beginnings.contains { model.utf8.starts(with: $0.utf8) }
    }
}
