import Bytes
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Storage
import Vocabulary

/// The live tail as server-sent events.
///
/// Nothing is queued here: the next span is taken when the last one is written, so a slow reader is held to the bound
/// of the stream that `liveSpans` gives.
func liveResponse(_ filter: SpanFilter, slot: LiveSlots.Slot, _ services: ControlServices) -> Response {
    let body = ResponseBody { writer in
        let spans = services.liveSpans()
        // A first comment, so that the client sees the head at once; `retry` spares a restarting server.
        try await writer.write(ByteBuffer(string: ": live\nretry: 2000\n\n"))
        try await pump(spans, filter, heartbeat: services.liveHeartbeat, to: &writer)
        try await writer.finish(nil)
        withExtendedLifetime(slot) {}
    }
    return Response(status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8"], body: body)
}

/// What a live stream waits for.
private enum LiveEvent: Sendable {
    case span(SpanRecord)
    case heartbeat
    /// The source ended, or the server is stopping.
    case end
}

private func pump(
    _ spans: AsyncStream<SpanRecord>, _ filter: SpanFilter, heartbeat: Duration,
    to writer: inout any ResponseBodyWriter
) async throws {
    try await withThrowingTaskGroup(of: LiveEvent.self) { group in
        defer { group.cancelAll() }
        let next: @Sendable () async -> LiveEvent = {
            var iterator = spans.makeAsyncIterator()
            return await iterator.next().map(LiveEvent.span) ?? .end
        }
        let beat: @Sendable () async throws -> LiveEvent = {
            try await Task.sleep(for: heartbeat)
            return .heartbeat
        }
        group.addTask(operation: next)
        group.addTask(operation: beat)
        group.addTask {
            try await gracefulShutdown()
            return .end
        }
        while let event = try await group.next() {
            switch event {
            case .span(let span):
                if filter.matches(span) { try await writer.write(liveEvent(span)) }
                group.addTask(operation: next)
            case .heartbeat:
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
                group.addTask(operation: beat)
            case .end: return
            }
        }
    }
}

/// JSON as written here holds no line end, so one `data` line carries it.
private func liveEvent(_ span: SpanRecord) -> ByteBuffer {
    var json = JSONWriter()
    json.beginObject()
    writeSummary(span, cost: span.receipt?.total, to: &json)
    json.endObject()
    var buffer = ByteBuffer(string: "id: \(span.id)\nevent: request\ndata: ")
    buffer.writeBytes(json.bytes)
    buffer.writeString("\n\n")
    return buffer
}
