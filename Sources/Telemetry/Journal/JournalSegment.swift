import Glibc
import Synchronization

/// One file of the journal, written by one lane and read by the writer thread.
///
/// The lane publishes how far it has written, and nobody reads beyond. The descriptor is closed with the last
/// reference, so neither the reader nor the thread that synchronises is left with a number that means another file.
final class JournalSegment: Sendable {
    let name: SegmentName
    let path: String
    let salt: UInt32
    let descriptor: Int32
    /// True if it was there when this process started: its end may be torn.
    let isOld: Bool

    private let committedBytes: Atomic<UInt64>
    private let synchronisedBytes: Atomic<UInt64>
    private let closed: Atomic<Bool>

    private init(name: SegmentName, path: String, salt: UInt32, descriptor: Int32, oldBytes: UInt64?) {
        self.name = name
        self.path = path
        self.salt = salt
        self.descriptor = descriptor
        isOld = oldBytes != nil
        committedBytes = Atomic(oldBytes ?? UInt64(JournalFormat.headerBytes))
        synchronisedBytes = Atomic(oldBytes ?? 0)
        closed = Atomic(oldBytes != nil)
    }

    deinit { Glibc.close(descriptor) }

    /// Makes a new file with its header. The name must be free.
    static func create(_ name: SegmentName, in folder: String) throws(JournalError) -> JournalSegment {
        let path = "\(folder)/\(name.file)"
        let salt = UInt32.random(in: 1...UInt32.max)
        let descriptor = try FileCalls.open(path, O_CREAT | O_EXCL | O_RDWR)
        let segment = JournalSegment(name: name, path: path, salt: salt, descriptor: descriptor, oldBytes: nil)
        let header = JournalFormat.header(sequence: name.sequence, salt: salt)
        var failure: JournalError?
        header.withUnsafeBytes { bytes in
            do throws(JournalError) {
                try FileCalls.write(descriptor, bytes, at: 0, path: path)
            } catch {
                failure = error
            }
        }
        if let failure {
            unlink(path)
            throw failure
        }
        return segment
    }

    /// What is found when an earlier process's file is opened.
    enum Opened {
        case segment(JournalSegment)
        /// Shorter than a header: its process ended before the first record.
        case empty
        /// The header can't be believed, so no entry can be checked.
        case damaged(bytes: UInt64)
    }

    /// Opens a file of an earlier process for reading.
    static func open(_ name: SegmentName, in folder: String) throws(JournalError) -> Opened {
        let path = "\(folder)/\(name.file)"
        let descriptor = try FileCalls.open(path, O_RDONLY)
        var ownsDescriptor = true
        defer { if ownsDescriptor { Glibc.close(descriptor) } }
        let length = try FileCalls.length(descriptor, path: path)
        guard length >= UInt64(JournalFormat.headerBytes) else { return .empty }
        switch try readHeader(descriptor, path) {
        case .valid(let sequence, let salt) where sequence == name.sequence:
            ownsDescriptor = false
            return .segment(
                JournalSegment(name: name, path: path, salt: salt, descriptor: descriptor, oldBytes: length))
        case .newer(let version): throw .incompatible(path: path, version: version)
        case .valid, .damaged: return .damaged(bytes: length)
        }
    }

    private static func readHeader(_ descriptor: Int32, _ path: String) throws(JournalError) -> JournalFormat.Header {
        let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: JournalFormat.headerBytes, alignment: 8)
        defer { storage.deallocate() }
        let count = try FileCalls.read(descriptor, into: storage, at: 0, path: path)
        return JournalFormat.readHeader(UnsafeRawBufferPointer(rebasing: storage[..<count]))
    }

    /// Up to where the file holds whole entries. Sequentially consistent: see `WriterSignal`.
    var committed: UInt64 { committedBytes.load(ordering: .sequentiallyConsistent) }
    /// True once the lane writes elsewhere. Read it before `committed`, which is then final.
    var isClosed: Bool { closed.load(ordering: .acquiring) }

    /// Appends a whole entry, or leaves the file as it was. Only the lane calls this.
    func append(_ entry: UnsafeRawBufferPointer) throws(JournalError) {
        let start = committedBytes.load(ordering: .relaxed)
        do throws(JournalError) {
            try FileCalls.write(descriptor, entry, at: start, path: path)
        } catch {
            // Even if this fails too, the next entry is written over the rest, and nobody reads it before.
            ftruncate(descriptor, off_t(start))
            throw error
        }
    }

    /// Shows `bytes` more to the reader.
    func publish(_ bytes: Int) {
        let start = committedBytes.load(ordering: .relaxed)
        committedBytes.store(start + UInt64(bytes), ordering: .sequentiallyConsistent)
    }

    /// No entry follows.
    func close() { closed.store(true, ordering: .sequentiallyConsistent) }

    /// Brings what is committed to the disk; returns false if it was there already.
    func synchronise() throws(JournalError) -> Bool {
        let target = committed
        guard target > synchronisedBytes.load(ordering: .relaxed) else { return false }
        try FileCalls.synchronise(descriptor, path: path)
        synchronisedBytes.store(target, ordering: .relaxed)
        return true
    }
}
