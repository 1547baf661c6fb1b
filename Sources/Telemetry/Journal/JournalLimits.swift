/// The journal's bounds. Each number's reason stands beside it.
package struct JournalLimits: Sendable, Equatable {
    /// Above this many bytes not yet stored, intake slows. 256 MiB replay in a few seconds.
    package var maximumBacklogBytes: UInt64 = 256 << 20
    /// A segment's size. Stored segments are deleted whole, so this is also what an idle lane may leave on disk.
    package var segmentBytes: UInt64 = 16 << 20
    /// How long a record may wait for `fdatasync`, in milliseconds: the most that a loss of power can take.
    package var fsyncInterval_ms: Int = 1_000
    /// The longest body that a caller should pass on, in bytes; longer ones are cut by the caller and marked as cut.
    package var maximumBodyBytes: Int = 1 << 20
    /// How long the writer gathers before it stores, in milliseconds: large batches under load, and still "at once"
    /// for a person who looks.
    package var gatherInterval_ms: Int = 40
    /// Spans in one transaction: large enough to spread its fixed cost, short enough to hold the store's lock briefly.
    package var batchSpans: Int = 1_000
    /// Journal bytes in one transaction: what bounds the writer's memory. One entry is taken whatever its size.
    package var batchBytes: Int = 8 << 20
    /// How long `stop` keeps storing, in milliseconds. What is left then stays in the journal for the next start.
    package var stopDeadline_ms: Int = 5_000

    package init() {}
}
