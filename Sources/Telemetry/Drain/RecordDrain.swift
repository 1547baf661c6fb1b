import Runtime
package import Storage
package import Vocabulary

/// Moves records from the journal into the store, one batch at a time.
///
/// The journal is the queue: nothing is kept in memory between two calls but how far the store has each segment.
/// Records and positions are stored in one transaction, so each record is stored exactly once whenever the process
/// ends. Confined to the thread that made it.
package final class RecordDrain {
    private let folder: JournalFolder
    private let store: any EventStore
    private let backlog: JournalBacklog
    private let limits: JournalLimits
    private let onStored: @Sendable ([SpanRecord]) -> Void
    private var scanner = SegmentScanner()
    private var cursors: [SegmentCursor] = []
    /// Deleted segments whose positions the store still has.
    private var forgettable: [String] = []
    /// What was found and moved so far.
    package private(set) var report = ReplayReport()

    package init(
        directory: String, store: any EventStore, backlog: JournalBacklog, limits: JournalLimits,
        onStored: @escaping @Sendable ([SpanRecord]) -> Void
    ) {
        folder = JournalFolder(data: directory)
        self.store = store
        self.backlog = backlog
        self.limits = limits
        self.onStored = onStored
    }

    /// The number of segments that are not wholly stored.
    package var segments: Int { cursors.count }

    /// True if a call of `drainOnce` would find something to do.
    package func hasWork() -> Bool {
        backlog.liveSegments.contains { segment in
            guard let cursor = cursors.first(where: { $0.segment === segment }) else { return true }
            return cursor.position < segment.committed || cursor.isFinished
        }
    }

    /// Takes up the segments that an earlier process left, from where the store has them.
    ///
    /// Throws `JournalError`, or what the store throws.
    package func adoptOldSegments() throws {
        let live = Set(backlog.liveSegments.map(\.name))
        let names = try folder.segments().filter { !live.contains($0) }
        let positions = try store.journalPositions()
        let files = Set(names.map(\.file)).union(live.map(\.file))
        forgettable += positions.keys.filter { !files.contains($0) }
        for name in names {
            let isLast = !names.contains { $0.lane == name.lane && $0.sequence > name.sequence }
            try adopt(name, position: positions[name.file] ?? 0, mayBeTorn: isLast)
        }
    }

    private func adopt(_ name: SegmentName, position: UInt64, mayBeTorn: Bool) throws(JournalError) {
        switch try JournalSegment.open(name, in: folder.path) {
        case .empty:
            try folder.delete(name)
            forgettable.append(name.file)
        case .damaged(let bytes):
            let damage = SegmentDamage(
                segment: name.file, offset: 0, bytes: bytes, reason: .header, reachesEnd: true)
            report.damage.append(damage)
            report.setAside.append(try folder.setAside(name))
            forgettable.append(name.file)
        case .segment(let segment):
            let start = max(position, UInt64(JournalFormat.headerBytes))
            cursors.append(SegmentCursor(segment: segment, position: start, mayBeTorn: mayBeTorn))
            if segment.committed > start { backlog.add(segment.committed - start) }
        }
    }

    /// Stores one batch and deletes what is wholly stored.
    ///
    /// If it throws, nothing has changed: the next call tries the same records again.
    package func drainOnce() throws -> DrainStep {
        adoptLiveSegments()
        let batch = try collect()
        var step = DrainStep(spans: batch.spans.count, bytes: batch.journalBytes, isFull: batch.isFull)
        if !batch.progress.isEmpty {
            try store.append(batch.events(positions: positions(of: batch)))
            settle(batch)
        }
        do { try retire() } catch { step.problem = "\(error)" }
        scanner.shrink()
        return step
    }

    private func adoptLiveSegments() {
        for segment in backlog.liveSegments where !cursors.contains(where: { $0.segment === segment }) {
            cursors.append(SegmentCursor(segment: segment, position: UInt64(JournalFormat.headerBytes)))
        }
        // What was written earlier is stored earlier, and no lane waits behind another for more than a segment.
        cursors.sort { $0.segment.name < $1.segment.name }
    }

    private func collect() throws(JournalError) -> DrainBatch {
        var batch = DrainBatch(limits: limits)
        for index in cursors.indices where !batch.isFull {
            try collect(from: index, into: &batch)
        }
        return batch
    }

    private func collect(from index: Int, into batch: inout DrainBatch) throws(JournalError) {
        let segment = cursors[index].segment
        let limit = segment.committed
        var progress = DrainBatch.Progress(position: cursors[index].position)
        while !batch.isFull, progress.position < limit {
            switch try scanner.step(segment, at: progress.position, limit: limit) {
            case .entry(let payload, let next): batch.add(payload, of: segment, next: next, &progress)
            case .damage(let damage, let next):
                progress.damage.append(damage)
                progress.position = next
            }
        }
        if progress.position != cursors[index].position { batch.progress[index] = progress }
    }

    private func positions(of batch: DrainBatch) -> [String: UInt64] {
        var positions: [String: UInt64] = [:]
        for (index, progress) in batch.progress {
            positions[cursors[index].segment.name.file] = progress.position
        }
        return positions
    }

    /// The batch is stored: from here on its records are never read again.
    private func settle(_ batch: DrainBatch) {
        for (index, progress) in batch.progress {
            let bytes = progress.position - cursors[index].position
            backlog.subtract(bytes)
            report.bytes += bytes
            cursors[index].position = progress.position
            cursors[index].damage += progress.damage
        }
        report.spans += batch.spans.count
        if !batch.spans.isEmpty { onStored(batch.spans) }
    }

    /// Deletes segments that are wholly stored, then lets the store forget them. In this order: a position without a
    /// file is harmless, a file without its position would be stored again.
    private func retire() throws {
        var problem: JournalError?
        for cursor in cursors where cursor.isFinished {
            do throws(JournalError) {
                try retire(cursor)
                forgettable.append(cursor.segment.name.file)
            } catch {
                problem = error
            }
            backlog.remove(cursor.segment.name)
        }
        cursors.removeAll(where: \.isFinished)
        if !forgettable.isEmpty {
            try store.forgetJournal(segments: forgettable)
            forgettable = []
        }
        if let problem { throw problem }
    }

    private func retire(_ cursor: SegmentCursor) throws(JournalError) {
        report.segments += 1
        let torn = cursor.mayBeTorn ? cursor.damage.filter { $0.reachesEnd && $0.reason == .checksum } : []
        let damage = cursor.damage.filter { !torn.contains($0) }
        report.tornTails += torn
        report.damage += damage
        if damage.isEmpty {
            try folder.delete(cursor.segment.name)
        } else {
            report.setAside.append(try folder.setAside(cursor.segment.name))
        }
    }
}

/// What one call of `RecordDrain.drainOnce` did.
package struct DrainStep: Sendable, Equatable {
    /// Records stored.
    package var spans: Int
    /// Journal bytes they took.
    package var bytes: Int
    /// True if the batch was full, so that more is likely to wait.
    package var isFull: Bool
    /// Why a stored segment could not be deleted or forgotten; the records themselves are stored.
    package var problem: String?
}
