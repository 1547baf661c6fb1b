/// A table while it is filled: tables may be opened again further down, values may not.
struct TOMLTable {
    private indirect enum Item {
        case value(ImportTree)
        case table(TOMLTable)
        case tables([TOMLTable])
    }

    private var items: [(key: String, item: Item)] = []

    var tree: ImportTree {
        .mapping(
            items.map { entry in
                let value: ImportTree =
                    switch entry.item {
                    case .value(let value): value
                    case .table(let table): table.tree
                    case .tables(let tables): .list(tables.map(\.tree))
                    }
                return ImportTree.Member(key: entry.key, value: value)
            })
    }

    /// Makes a table, or the next element of an array of tables; false where a value is in the way.
    mutating func open(_ path: [String], asElement: Bool) -> Bool {
        guard let key = path.first else { return true }
        if path.count == 1, asElement { return addElement(key) }
        return change(key) { $0.open(Array(path.dropFirst()), asElement: asElement) }
    }

    /// Puts a value; false where there is one already.
    mutating func set(_ path: [String], _ value: ImportTree) -> Bool {
        guard let key = path.first else { return false }
        guard path.count == 1 else { return change(key) { $0.set(Array(path.dropFirst()), value) } }
        guard !items.contains(where: { $0.key == key }) else { return false }
        items.append((key, .value(value)))
        return true
    }

    private mutating func addElement(_ key: String) -> Bool {
        guard let at = items.firstIndex(where: { $0.key == key }) else {
            items.append((key, .tables([TOMLTable()])))
            return true
        }
        guard case .tables(let tables) = items[at].item else { return false }
        items[at].item = .tables(tables + [TOMLTable()])
        return true
    }

    /// Changes the table of that name, or the last one of an array.
    private mutating func change(_ key: String, _ body: (inout TOMLTable) -> Bool) -> Bool {
        guard let at = items.firstIndex(where: { $0.key == key }) else {
            var table = TOMLTable()
            let isDone = body(&table)
            items.append((key, .table(table)))
            return isDone
        }
        switch items[at].item {
        case .value: return false
        case .table(var table):
            let isDone = body(&table)
            items[at].item = .table(table)
            return isDone
        case .tables(var tables):
            guard var last = tables.popLast() else { return false }
            let isDone = body(&last)
            items[at].item = .tables(tables + [last])
            return isDone
        }
    }
}
