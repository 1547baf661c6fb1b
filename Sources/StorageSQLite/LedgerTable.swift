import Storage
import Vocabulary

/// Sums up the charges of one batch in memory, so that each window's row is written once a batch. Pure.
struct LedgerBatch {
    /// One window of one rule of one subject.
    struct Window: Hashable {
        var subject: Subject
        var rule: String
        var start: UnixMicroseconds
    }

    private(set) var amounts: [Window: Int64] = [:]

    mutating func add(_ charges: [LedgerCharge]) {
        for charge in charges {
            let window = Window(subject: charge.subject, rule: charge.rule, start: charge.windowStart)
            let (sum, overflows) = amounts[window, default: 0].addingReportingOverflow(charge.amount)
            amounts[window] = overflows ? .max : sum
        }
    }
}

/// Adds a batch's charges to `ledger_sums`. Belongs to the writer's connection.
final class LedgerTable {
    private let upsert: SQLStatement

    /// A sum that would leave 64 bits stays at the highest number rather than fail the batch.
    init(on connection: OpaquePointer) throws(StorageError) {
        upsert = try SQLStatement(
            """
            INSERT INTO ledger_sums (subject_kind, subject_id, rule, window_start, amount) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET amount = CASE
                WHEN excluded.amount > 0 AND amount > 9223372036854775807 - excluded.amount THEN 9223372036854775807
                ELSE amount + excluded.amount END
            """, on: connection)
    }

    func add(_ batch: LedgerBatch) throws(StorageError) {
        for (window, amount) in batch.amounts {
            upsert.bind(SubjectCode.code(of: window.subject.kind))
            upsert.bind(window.subject.id)
            upsert.bind(window.rule)
            upsert.bind(window.start)
            upsert.bind(amount)
            try upsert.run()
        }
    }
}

/// Reads `ledger_sums`, inside one read of one connection.
struct LedgerReader {
    let connection: OpaquePointer

    func sums(since: UnixMicroseconds) throws(StorageError) -> [LedgerSum] {
        let statement = try SQLStatement(
            "SELECT \(Self.columns) FROM ledger_sums WHERE window_start >= ? OR window_start = ? \(Self.order)",
            on: connection)
        statement.bind(since)
        statement.bind(BudgetWindow.lifetimeStart)
        return try rows(statement)
    }

    func history(
        subject: Subject, rule: String, from: UnixMicroseconds, to: UnixMicroseconds
    ) throws(StorageError) -> [LedgerSum] {
        let statement = try SQLStatement(
            """
            SELECT \(Self.columns) FROM ledger_sums
            WHERE subject_kind = ? AND subject_id = ? AND rule = ? AND window_start >= ? AND window_start < ?
            \(Self.order)
            """, on: connection)
        statement.bind(SubjectCode.code(of: subject.kind))
        statement.bind(subject.id)
        statement.bind(rule)
        statement.bind(from)
        statement.bind(to)
        return try rows(statement)
    }

    private static let columns = "subject_kind, subject_id, rule, window_start, amount"
    private static let order = "ORDER BY subject_kind, subject_id, rule, window_start"

    private func rows(_ statement: SQLStatement) throws(StorageError) -> [LedgerSum] {
        var sums: [LedgerSum] = []
        while try statement.step() {
            guard let kind = SubjectCode.kind(of: statement.nextInt()) else {
                throw .engine("the store is damaged: a budget's sum belongs to nobody that this version knows")
            }
            let subject = Subject(kind, statement.nextText())
            sums.append(
                LedgerSum(
                    subject: subject, rule: statement.nextText(), windowStart: statement.nextInt(),
                    amount: statement.nextInt()))
        }
        return sums
    }
}

/// The stored numbers of kinds of subjects. Never change one.
enum SubjectCode {
    static func code(of kind: SubjectKind) -> Int64 {
        switch kind {
        case .organisation: 1
        case .project: 2
        case .team: 3
        case .user: 4
        case .key: 5
        case .customer: 6
        }
    }

    static func kind(of code: Int64) -> SubjectKind? { SubjectKind.allCases.first { Self.code(of: $0) == code } }
}
