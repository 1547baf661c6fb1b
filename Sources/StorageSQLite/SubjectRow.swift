import GRDB
import Storage
import Vocabulary

/// An organisation, project, team, user or customer as a row of `subjects`.
enum SubjectRow {
    static let columns = ["kind", "project", "id", "name", "parent", "created_at", "grants"]

    static func arguments(_ subject: SubjectRecord) -> StatementArguments {
        [
            subject.kind.rawValue, subject.project, subject.id, subject.name, subject.parent, subject.createdAt,
            GrantsJSON.text(subject),
        ]
    }

    /// Throws `StorageError` for a kind that only a newer version knows and for damage.
    static func subject(_ row: Row) throws -> SubjectRecord {
        let name: String = row["kind"]
        let id: String = row["id"]
        guard let kind = SubjectKind(rawValue: name) else {
            throw StorageError.incompatible(
                "\(id) is a \(name), which this version does not know; start the newer version")
        }
        var subject = SubjectRecord(
            kind, id: id, project: row["project"], name: row["name"], parent: row["parent"],
            createdAt: row["created_at"])
        do throws(FieldFault) {
            try GrantsJSON.read(row["grants"], into: &subject)
        } catch {
            throw StorageError.engine(
                "the rules of the \(name) \(id) cannot be read (`\(error.place)`): restore the last backup of "
                    + "records.sqlite")
        }
        return subject
    }
}
