import Foundation
import Storage
import StorageSQLite
import Testing

@Suite struct DataDirectoryLockTests {
    @Test func aSecondHolderIsRefusedAndTheFirstIsNamed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("data")
        let lock = try DataDirectoryLock(directory: path)
        let error = #expect(throws: StorageError.self) { _ = try DataDirectoryLock(directory: path) }
        guard case .engine(let message)? = error else {
            Issue.record("expected an engine error, got \(String(describing: error))")
            return
        }
        #expect(message.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        #expect(message.contains(path))
        withExtendedLifetime(lock) {}
    }

    @Test func theLockIsFreeAgainWhenTheValueGoes() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        do {
            let lock = try DataDirectoryLock(directory: folder.path)
            withExtendedLifetime(lock) {}
        }
        _ = try DataDirectoryLock(directory: folder.path)
    }

    @Test func theFolderIsMadeForItsOwnerAlone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("data")
        _ = try DataDirectoryLock(directory: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }
}
