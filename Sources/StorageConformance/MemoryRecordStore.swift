package import Storage
import Synchronization
package import Vocabulary

/// A record store in memory, for tests of what stands on one.
package final class MemoryRecordStore: RecordStore {
    private struct State {
        var keys: [KeyRecord] = []
        var subjects: [SubjectRecord] = []
        var settings: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Every key, oldest first.
    package func keys() async throws -> [KeyRecord] {
        return state.withLock { $0.keys }
    }

    /// Throws `StorageError.duplicate` if its id or hash is taken.
    package func insert(_ key: KeyRecord) async throws {
        try state.withLock { state in
            if state.keys.contains(where: { $0.id == key.id || $0.secretHash == key.secretHash }) {
                throw StorageError.duplicate(key.id)
            }
            state.keys.append(key)
        }
    }

    /// Throws `StorageError.notFound`.
    package func update(_ key: KeyRecord) async throws {
        try state.withLock { state in
            guard let index = state.keys.firstIndex(where: { $0.id == key.id }) else {
                throw StorageError.notFound(key.id)
            }
            state.keys[index] = key
        }
    }

    /// Every subject, oldest first.
    package func subjects() async throws -> [SubjectRecord] {
        return state.withLock { $0.subjects }
    }

    /// Throws `StorageError.duplicate` if there is one of that name.
    package func insert(_ subject: SubjectRecord) async throws {
        try state.withLock { state in
            if state.subjects.contains(where: { $0.kind == subject.kind && $0.subject == subject.subject }) {
                throw StorageError.duplicate(subject.id)
            }
            state.subjects.append(subject)
        }
    }

    /// Throws `StorageError.notFound`.
    package func update(_ subject: SubjectRecord) async throws {
        try state.withLock { state in
            guard let index = state.subjects.firstIndex(where: { $0.subject == subject.subject }) else {
                throw StorageError.notFound(subject.id)
            }
            state.subjects[index] = subject
        }
    }

    /// Throws `StorageError.notFound`.
    package func delete(_ kind: SubjectKind, id: String, project: ProjectID) async throws {
        try state.withLock { state in
            let subject = Subject.scoped(kind, id, in: project)
            guard let index = state.subjects.firstIndex(where: { $0.subject == subject }) else {
                throw StorageError.notFound(id)
            }
            state.subjects.remove(at: index)
        }
    }

    /// `nil` if never set.
    package func setting(_ name: String) async throws -> [UInt8]? { state.withLock { $0.settings[name] } }

    /// What is stored after the call.
    package func setSettingIfAbsent(_ name: String, to value: [UInt8]) async throws -> [UInt8] {
        return state.withLock { state in
            if let present = state.settings[name] { return present }
            state.settings[name] = value
            return value
        }
    }
}
