import Access
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Vocabulary

/// Calls models through the server's own address, as any client would: such calls are routed, priced, budgeted and
/// recorded like all others, under the project that they are made for and with the feature `cache`.
final class InternalCaller: Sendable {
    private let keys: InternalKeys
    private let client: HTTPClient
    private let group: MultiThreadedEventLoopGroup
    /// Host and port that the server listens on; `nil` before it does.
    private let address = Mutex<String?>(nil)
    private let open = Mutex(0)

    /// Calls under way at once. Above it a call is not made: nothing here is worth a queue.
    private static let mostCalls = 256

    init(keys: InternalKeys, group: MultiThreadedEventLoopGroup) {
        self.keys = keys
        self.group = group
        client = HTTPClient(eventLoopGroupProvider: .shared(group))
    }

    /// From now on calls go to this address.
    ///
    /// - Parameter host: As configured; an address that means every interface is reached over loopback.
    func listens(host: String, port: Int) {
        let reachable: String
        switch host {
        case "0.0.0.0", "": reachable = "127.0.0.1"
        case "::", "[::]": reachable = "[::1]"
        default: reachable = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        }
        address.withLock { $0 = "http://\(reachable):\(port)" }
    }

    /// Posts a JSON body. Gives `nil` where no answer with status 200 was complete in time.
    func post(
        _ path: String, _ body: [UInt8], for project: ProjectID, within time: TimeAmount
    ) -> EventLoopFuture<[UInt8]?> {
        guard let request = request(path, body, project), begin() else {
            return group.next().makeSucceededFuture(nil)
        }
        return client.execute(request: request, deadline: .now() + time)
            .map { response in response.status == .ok ? response.body.map { Array(buffer: $0) } : nil }
            .recover { _ in nil }
            .map { answer in
                self.open.withLock { $0 -= 1 }
                return answer
            }
    }

    private func request(_ path: String, _ body: [UInt8], _ project: ProjectID) -> HTTPClient.Request? {
        guard let base = address.withLock({ $0 }), let secret = keys.secret(of: project) else { return nil }
        let headers: HTTPHeaders = [
            "content-type": "application/json", "x-signalbox-key": secret, "x-signalbox-feature": "cache",
            // Neither looked up nor stored: these calls are what the cache is measured by.
            "x-signalbox-cache": "off",
        ]
        return try? HTTPClient.Request(url: base + path, method: .POST, headers: headers, body: .bytes(body))
    }

    func shutDown() async { try? await client.shutdown() }

    private func begin() -> Bool {
        open.withLock { open in
            guard open < Self.mostCalls else { return false }
            open += 1
            return true
        }
    }
}
