/// A recorded call: a UUIDv7, so ids sort by start time. Clients see it as `x-signalbox-request-id`.
package typealias RequestID = ID128

/// A W3C trace id (16 bytes), as carried by `traceparent`.
package typealias TraceID = ID128

/// The first 16 bytes of SHA-256 over `project, 0x00, canonical bytes`: content is never shared between projects.
package typealias ContentHash = ID128

/// A W3C span id (8 bytes).
package typealias SpanID = UInt64

/// The tenant that owns a row. Every record and every key carries one.
package typealias ProjectID = String

/// `dev`, `staging`, `production` or a name of the user's own.
package typealias EnvironmentName = String

/// Microseconds since the Unix epoch, UTC.
package typealias UnixMicroseconds = Int64

/// A span of time in whole microseconds.
package typealias Microseconds = Int64
