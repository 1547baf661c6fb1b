extension Settings {
    /// Upper bounds on what is taken in. Sizes are bytes.
    package struct Limits: Sendable, Equatable {
        /// A request body; above it the caller gets 413. 32 MiB holds a prompt with several images in base64.
        package var bodyBytes = 32 << 20
        /// All header lines of a request together. Clients with large cookies and tokens stay below 64 KiB.
        package var headerBytes = 64 << 10
        /// Header lines of a request.
        package var headerCount = 200
        /// Nesting of a JSON body. Real requests stay below 30; deeper ones are attacks on recursion.
        package var jsonDepth = 128
        /// One server-sent event of an upstream's stream. An event with an image in base64 fits.
        package var eventBytes = 4 << 20
        /// How much of each body is kept in the record; the rest is cut and the record says so.
        package var recordedBodyBytes = 1 << 20
        /// Open client connections; above it new ones wait in the kernel's queue.
        package var connections = 20_000
        /// Requests being worked on; above it a request waits for `admissionWait`, then gets 503.
        package var requestsInFlight = 10_000
        /// How long a request waits for its turn. Zero refuses at once.
        package var admissionWait = Duration.seconds(5)

        package init() {}
    }

    /// The crash journal: every answered request is in it before its last byte leaves.
    package struct Journal: Sendable, Equatable {
        /// The longest that a journal write may stay unsynced: what a power loss can take.
        package var fsyncInterval = Duration.seconds(1)
        /// Backlog at which intake slows down, in bytes: bounds the disk used and the time a replay takes.
        package var maximumBytes = 256 << 20
        /// Size at which a segment is closed and the next begun, in bytes.
        package var segmentBytes = 16 << 20

        package init() {}
    }
}
