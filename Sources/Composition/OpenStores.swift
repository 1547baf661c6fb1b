import DataPlane
import Logging
import Runtime
import Settings
import Storage
import StorageSQLite
import Telemetry

/// The data folder, opened: locked, migrated, and with the journal of an earlier run replayed.
struct OpenStores: Sendable {
    let lock: DataDirectoryLock
    let events: SQLiteEventStore
    let records: SQLiteRecordStore
    let backlog: JournalBacklog
    let pipeline: RecordPipeline
    let live: LiveTail

    /// Blocks: files and databases.
    static func open(_ settings: Settings, time: any TimeSource, logger: Logger) throws -> OpenStores {
        let lock = try DataDirectoryLock(directory: settings.data)
        let events = try SQLiteEventStore(directory: settings.data)
        let records = try SQLiteRecordStore(directory: settings.data)
        let limits = settings.journalLimits
        let backlog = JournalBacklog(limits: limits)
        let live = LiveTail()
        let pipeline = RecordPipeline(
            directory: settings.data, store: events, backlog: backlog, limits: limits, time: time,
            onStored: { live.publish($0) }
        )
        let report = try pipeline.replay()
        if report.spans > 0 || !report.damage.isEmpty || !report.tornTails.isEmpty { logger.notice("\(report)") }
        return OpenStores(
            lock: lock, events: events, records: records, backlog: backlog, pipeline: pipeline, live: live
        )
    }
}

extension Settings {
    /// The journal's limits in its own words.
    var journalLimits: JournalLimits {
        var limits = JournalLimits()
        limits.maximumBacklogBytes = UInt64(journal.maximumBytes)
        limits.segmentBytes = UInt64(journal.segmentBytes)
        limits.fsyncInterval_ms = Int(journal.fsyncInterval.wholeNanoseconds / 1_000_000)
        limits.maximumBodyBytes = self.limits.recordedBodyBytes
        return limits
    }

    /// The listening side's limits in its own words.
    var dataPlane: DataPlaneSettings {
        DataPlaneSettings(
            requestHead: timeouts.requestHeader.wholeNanoseconds,
            requestBody: timeouts.requestBody.wholeNanoseconds,
            keepAlive: timeouts.keepAlive.wholeNanoseconds, clientStall: timeouts.clientStall.wholeNanoseconds,
            servesHalfClosed: clientHalfClose == .serve, headerBytes: limits.headerBytes,
            headerCount: limits.headerCount
        )
    }
}
