package import Vocabulary

/// How recording is doing.
package struct PipelineHealth: Sendable, Equatable {
    /// Bytes in the journal that are not stored yet.
    package var backlogBytes: UInt64 = 0
    /// The bound at which intake slows, in bytes.
    package var limitBytes: UInt64 = 0
    /// True while intake should slow.
    package var isOverLimit = false
    /// Segments of this process that are not wholly stored, the open ones included.
    package var segments = 0
    /// Records stored since the start, replayed ones included.
    package var storedSpans: UInt64 = 0
    /// Attempts to store that have failed since the last success; 0 when all is well.
    package var failuresInARow = 0
    /// What went wrong last, ever; with `lastErrorAt`.
    package var lastError: String?
    package var lastErrorAt: UnixMicroseconds?
    /// How long the last batch took to read and store, in microseconds.
    package var lastStoreDuration: Microseconds = 0
    /// How long the last `fdatasync` round took, in microseconds.
    package var lastSyncDuration: Microseconds = 0
    /// Places in the journal that could not be read since the start, torn tails not counted.
    package var damagedPlaces = 0

    package init() {}
}
