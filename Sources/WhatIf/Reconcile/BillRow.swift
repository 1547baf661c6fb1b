package import Vocabulary

/// Figures of one day and model. `nil` is not said.
package struct BillFigures: Sendable, Equatable {
    package var requests: Int64?
    /// Input that was neither read from nor written to a cache, in tokens.
    package var input: Int64?
    /// Input read from a cache, in tokens.
    package var cacheRead: Int64?
    /// Input written to a cache, in tokens.
    package var cacheWrite: Int64?
    package var output: Int64?
    package var cost: Money?

    package init(
        requests: Int64? = nil, input: Int64? = nil, cacheRead: Int64? = nil, cacheWrite: Int64? = nil,
        output: Int64? = nil, cost: Money? = nil
    ) {
        self.requests = requests
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.output = output
        self.cost = cost
    }

    /// All tokens, where any are said.
    var tokens: Int64? {
        let parts = [input, cacheRead, cacheWrite, output].compactMap(\.self)
        return parts.isEmpty ? nil : parts.reduce(0, Self.sum)
    }

    /// Adds what the other says; what only one says is kept.
    package mutating func add(_ other: BillFigures) {
        requests = Self.sum(requests, other.requests)
        input = Self.sum(input, other.input)
        cacheRead = Self.sum(cacheRead, other.cacheRead)
        cacheWrite = Self.sum(cacheWrite, other.cacheWrite)
        output = Self.sum(output, other.output)
        cost = Self.sum(cost?.nanodollars, other.cost?.nanodollars).map(Money.init(nanodollars:))
    }

    /// What the other says less than this, where both say something.
    func minus(_ other: BillFigures) -> BillFigures {
        func difference(_ a: Int64?, _ b: Int64?) -> Int64? {
            guard let a, let b else { return nil }
            return a.subtractingReportingOverflow(b).partialValue
        }
        return BillFigures(
            requests: difference(requests, other.requests), input: difference(input, other.input),
            cacheRead: difference(cacheRead, other.cacheRead), cacheWrite: difference(cacheWrite, other.cacheWrite),
            output: difference(output, other.output),
            cost: difference(cost?.nanodollars, other.cost?.nanodollars).map(Money.init(nanodollars:)))
    }

    private static func sum(_ a: Int64?, _ b: Int64?) -> Int64? {
        guard let a, let b else { return a ?? b }
        return sum(a, b)
    }

    /// Stays at the ends: an export may hold any number.
    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflows) = a.addingReportingOverflow(b)
        return overflows ? (a > 0 ? .max : .min) : sum
    }
}

/// A day (UTC) and a model, as bills are cut up.
package struct BillKey: Sendable, Hashable {
    /// The day's first moment.
    package var day: UnixMicroseconds
    /// The provider's name for the model; `nil` where the bill does not say.
    package var model: String?

    package init(day: UnixMicroseconds, model: String?) {
        self.day = day
        self.model = model
    }

    package static let dayLength: UnixMicroseconds = 86_400_000_000

    /// The first moment of the day that `time` is in.
    package static func day(of time: UnixMicroseconds) -> UnixMicroseconds {
        let rest = time % dayLength
        return time - (rest < 0 ? rest + dayLength : rest)
    }
}

/// A provider's export, read.
package struct ProviderExport: Sendable, Equatable {
    /// What it was read as, in words.
    package var form: String
    package var rows: [BillKey: BillFigures]
    /// What a reader has to know, such as parts that were left out.
    package var notes: [String]

    package init(form: String, rows: [BillKey: BillFigures] = [:], notes: [String] = []) {
        self.form = form
        self.rows = rows
        self.notes = notes
    }

    mutating func add(_ figures: BillFigures, day: UnixMicroseconds, model: String?) {
        rows[BillKey(day: BillKey.day(of: day), model: model), default: BillFigures()].add(figures)
    }
}

/// Why an export can't be read.
package struct ExportFault: Error, Sendable, Equatable {
    /// What is wrong, where, and the mend.
    package var message: String

    package init(_ message: String) { self.message = message }
}
