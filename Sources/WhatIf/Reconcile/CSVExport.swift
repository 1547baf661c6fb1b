import Vocabulary

/// Downloads of the providers' consoles. Columns are found by their names, whichever order they have.
struct CSVExport {
    private let rows: [[String]]
    private let columns: [String: Int]

    init(_ bytes: [UInt8]) throws(ExportFault) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ExportFault("The export is neither JSON nor CSV in UTF-8.")
        }
        rows = try Self.split(text)
        var columns: [String: Int] = [:]
        for (place, name) in (rows.first ?? []).enumerated() {
            columns[name.lowercased().filter { $0 != "\u{FEFF}" }] = place
        }
        self.columns = columns
    }

    func export() throws(ExportFault) -> ProviderExport {
        let hasCost = column(Self.dollars) != nil
        let hasTokens = column(Self.input) != nil || column(Self.output) != nil
        guard let day = column(Self.day), hasCost || hasTokens else {
            let names = (rows.first ?? []).joined(separator: ", ").prefix(300)
            throw ExportFault(
                "The export's columns are not known: \(names). A day (such as start_time or usage_date_utc) and "
                    + "tokens or a cost in dollars are needed.")
        }
        let maker = columns["usage_date_utc"] == nil ? "OpenAI" : "Anthropic"
        var export = ProviderExport(form: "\(maker) \(hasCost ? "costs" : "usage"), CSV")
        for (place, row) in rows.enumerated().dropFirst() where row.contains(where: { !$0.isEmpty }) {
            guard day < row.count, let time = Self.time(row[day]) else {
                throw ExportFault("Line \(place + 1): the day can't be read. It is written 2026-11-01, or in seconds.")
            }
            export.add(try figures(row, line: place + 1), day: time, model: model(row))
        }
        return export
    }

    // Names of the same thing in different exports.
    private static let day = ["usage_date_utc", "start_time_iso", "start_time", "date", "timestamp"]
    private static let models = ["model_version", "model", "snapshot_id", "line_item"]
    private static let requests = ["num_model_requests", "n_requests", "requests"]
    private static let input = ["usage_input_tokens_no_cache", "input_uncached_tokens", "input_tokens"]
    private static let cached = ["usage_input_tokens_cache_read", "input_cached_tokens", "cache_read_input_tokens"]
    private static let written = [
        "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h", "cache_creation_input_tokens",
    ]
    private static let output = ["usage_output_tokens", "output_tokens"]
    private static let dollars = ["cost_usd", "amount_value", "amount"]

    private func column(_ names: [String]) -> Int? { names.lazy.compactMap { columns[$0] }.first }

    private func model(_ row: [String]) -> String? {
        guard let place = column(Self.models), place < row.count, !row[place].isEmpty else { return nil }
        return columns["line_item"] == place ? LineItem.model(row[place]) : row[place]
    }

    private func figures(_ row: [String], line: Int) throws(ExportFault) -> BillFigures {
        let cached = try number(row, Self.cached, line)
        var input = try number(row, Self.input, line)
        // OpenAI counts cached tokens as input, too.
        if column(Self.input) == columns["input_tokens"], let all = input, let cached { input = all - min(all, cached) }
        var writes: [Int64] = []
        for name in Self.written {
            if let count = try number(row, [name], line) { writes.append(count) }
        }
        return BillFigures(
            requests: try number(row, Self.requests, line), input: input, cacheRead: cached,
            cacheWrite: writes.isEmpty ? nil : writes.reduce(0, &+), output: try number(row, Self.output, line),
            cost: try cost(row, line))
    }

    private func number(_ row: [String], _ names: [String], _ line: Int) throws(ExportFault) -> Int64? {
        guard let place = column(names), place < row.count, !row[place].isEmpty else { return nil }
        let text = row[place].hasSuffix(".0") ? String(row[place].dropLast(2)) : row[place]
        guard let number = Int64(text), number >= 0 else {
            throw ExportFault("Line \(line): \"\(row[place].prefix(40))\" is no count of tokens or requests.")
        }
        return number
    }

    private func cost(_ row: [String], _ line: Int) throws(ExportFault) -> Money? {
        guard let place = column(Self.dollars), place < row.count, !row[place].isEmpty else { return nil }
        if let currency = column(["amount_currency", "currency"]), currency < row.count,
            !["", "usd"].contains(row[currency].lowercased())
        {
            throw ExportFault("Line \(line) is in \(row[currency].prefix(10)). Only dollars can be compared.")
        }
        guard let cost = BillAmount.money(row[place], nano: 1_000_000_000) else {
            throw ExportFault("Line \(line): \"\(row[place].prefix(40))\" is no amount.")
        }
        return cost
    }

    private static func time(_ text: String) -> UnixMicroseconds? {
        if let seconds = Int64(text), (0...253_402_300_799).contains(seconds) { return seconds * 1_000_000 }
        if let time = RFC3339.parse(text) { return time }
        return RFC3339.parse("\(text.prefix(10))T00:00:00Z")
    }

    /// RFC 4180: quotes around cells with commas, quotes or line ends; any line end.
    private static func split(_ text: String) throws(ExportFault) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"": cell.append(scalars.removeFirst())
            case "\"": isQuoted.toggle()
            case ",", "\n":
                guard !isQuoted else {
                    cell.append(scalar)
                    continue
                }
                row.append(String(cell))
                cell = String.UnicodeScalarView()
                if scalar == "\n" {
                    rows.append(row)
                    row = []
                }
            case "\r" where !isQuoted: break
            default: cell.append(scalar)
            }
        }
        guard !isQuoted else { throw ExportFault("Line \(rows.count + 1): a quote is never closed.") }
        if !row.isEmpty || !cell.isEmpty { rows.append(row + [String(cell)]) }
        return rows
    }
}
