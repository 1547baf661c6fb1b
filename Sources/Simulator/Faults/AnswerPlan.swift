/// What the driver does to answer one request, step by step.
package struct AnswerPlan: Sendable {
    /// One thing that is done to the connection.
    package enum Step: Equatable, Sendable {
        /// Microseconds.
        case wait(Int)
        /// The response head; `length` is the length of the body, `nil` for a chunked one.
        case head(length: Int?)
        /// Bytes of the body. They may stay in the outbound buffer until the next `flush`.
        case bytes([UInt8])
        case flush
        /// The end of the body.
        case end
        /// Close with FIN, without ending the body.
        case close
        /// Close with RST.
        case reset
        /// Nothing more happens until the client leaves.
        case hang
        /// Go on with the step of that index.
        case jump(Int)
    }

    package var status: Int
    package var headers: [(String, String)]
    package var contentType: String
    package var steps: [Step]
    /// True if the answer is a stream.
    package var isStream: Bool
    /// Close the connection after the end, although keep-alive was promised.
    package var closesAfterEnd = false
    /// False for the simulator's own pages, which the counters leave out.
    package var isCounted = true
}
