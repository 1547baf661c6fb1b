import HTTPTypes
import Storage
import Vocabulary

/// Small named documents that only a door knows, kept in the installation's settings.
///
/// Settings are written once and never changed, so a shelf is a log: entry n is `doors.<shelf>.<project>.<n>`, the last
/// entry of a name counts, and a removed one is an entry without a document. Two writers at once agree, because each
/// entry has one winner.
actor DoorShelf {
    private let name: String
    private let records: any RecordStore
    private var known: [ProjectID: [Entry]] = [:]

    /// Entries of a project at most; a configuration that is changed daily lasts for years.
    private static let mostEntries = 5_000

    struct Entry: Sendable, Equatable {
        var id: String
        /// `nil` once it was removed.
        var document: JSONTree?
    }

    init(_ name: String, _ records: any RecordStore) {
        self.name = name
        self.records = records
    }

    /// The documents as they are now, oldest name first.
    func all(_ project: ProjectID) async throws -> [Entry] {
        var latest: [Entry] = []
        for entry in try await log(project) {
            if let at = latest.firstIndex(where: { $0.id == entry.id }) {
                latest[at] = entry
            } else {
                latest.append(entry)
            }
        }
        return latest.filter { $0.document != nil }
    }

    func document(_ id: String, _ project: ProjectID) async throws -> JSONTree? {
        try await all(project).first { $0.id == id }?.document
    }

    /// Puts a document on the shelf in place of an older one of that name; `nil` removes it.
    func put(_ id: String, _ document: JSONTree?, _ project: ProjectID) async throws {
        let bytes = (["id": .string(id), "document": document ?? .null] as JSONTree).json
        while true {
            let at = try await log(project).count
            guard at < Self.mostEntries else {
                throw DoorError(.conflict, "shelf_full", "There are \(at) versions here; no more are kept.")
            }
            let stored = try await records.setSettingIfAbsent(key(project, at), to: bytes)
            if stored == bytes { return add(stored, at, project) }
        }
    }

    private func add(_ bytes: [UInt8], _ at: Int, _ project: ProjectID) {
        guard known[project, default: []].count == at, let entry = Self.entry(bytes) else { return }
        known[project, default: []].append(entry)
    }

    /// Every entry; reads only those that were added since the last time.
    private func log(_ project: ProjectID) async throws -> [Entry] {
        var at = known[project, default: []].count
        while at < Self.mostEntries, let bytes = try await records.setting(key(project, at)) {
            add(bytes, at, project)
            at += 1
        }
        return known[project, default: []]
    }

    private func key(_ project: ProjectID, _ at: Int) -> String { "doors.\(name).\(project).\(at)" }

    /// A damaged entry counts as one that was removed, so that the log goes on behind it.
    private static func entry(_ bytes: [UInt8]) -> Entry? {
        guard let tree = JSONTree(json: bytes), let id = tree["id"]?.text else { return Entry(id: "", document: nil) }
        return Entry(id: id, document: tree["document"])
    }
}
