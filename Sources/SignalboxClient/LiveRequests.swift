import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Recorded calls as they happen. Iterate it once with `for try await`; each iteration is a connection of its own.
public struct LiveRequests: AsyncSequence, Sendable {
    /// A recorded call.
    public typealias Element = RequestSummary

    let events: LiveEvents

    /// Begins to follow.
    public func makeAsyncIterator() -> Iterator { Iterator(events: events.makeAsyncIterator()) }

    /// Follows one connection.
    public struct Iterator: AsyncIteratorProtocol {
        var events: LiveEvents.Iterator

        /// The next recorded call; `nil` when the server ends the stream. Throws ``SignalboxError``.
        public mutating func next() async throws -> RequestSummary? {
            guard let data = try await events.next() else { return nil }
            return try SignalboxClient.decode(RequestSummary.self, from: data)
        }
    }
}

/// The same as bytes: the JSON of each recorded call as the server wrote it.
package struct LiveEvents: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let client: SignalboxClient
    let call: APICall

    package func makeAsyncIterator() -> Iterator { Iterator(client: client, call: call) }

    /// Connects at the first call of `next()`.
    package struct Iterator: AsyncIteratorProtocol {
        let client: SignalboxClient
        let call: APICall
        private var body: HTTPClientResponse.Body.AsyncIterator?
        private var parser = EventStreamParser()
        /// What one read brought beyond the event it was wanted for; bounded by that read.
        private var ready: ArraySlice<[UInt8]> = []

        init(client: SignalboxClient, call: APICall) {
            self.client = client
            self.call = call
        }

        /// The next event's data; `nil` when the server ends the stream. Throws ``SignalboxError``.
        package mutating func next() async throws -> [UInt8]? {
            do {
                if body == nil { body = try await client.open(call).makeAsyncIterator() }
                while ready.isEmpty {
                    guard let chunk = try await body?.next() else { return nil }
                    ready = try parser.feed(chunk.readableBytesView)[...]
                }
                return ready.popFirst()
            } catch is CancellationError {
                return nil
            } catch {
                throw client.transportError(error)
            }
        }
    }
}

extension SignalboxClient {
    /// The events of a live tail. A tail may last for a day; its silences are bounded by the client's read timeout.
    package func liveEvents(_ filter: RequestFilter) -> LiveEvents {
        LiveEvents(client: self, call: APICall(.GET, "/requests/live", query: filter.query(paging: false)))
    }

    /// Sends the call and gives the body of its 2xx answer while it still comes.
    func open(_ call: APICall) async throws -> HTTPClientResponse.Body {
        var request = try request(for: call)
        request.headers.replaceOrAdd(name: "accept", value: "text/event-stream")
        let response = try await httpClient.execute(request, deadline: .now() + .hours(24))
        guard (200..<300).contains(response.status.code) else {
            var body = try await response.body.collect(upTo: 1 << 20)
            throw serverError(response, body.readBytes(length: body.readableBytes) ?? [])
        }
        return response.body
    }
}
