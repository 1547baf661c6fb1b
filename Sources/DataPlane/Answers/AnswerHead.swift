import NIOCore
import NIOHTTP1
import Vocabulary

/// Builds the heads that callers get.
enum AnswerHead {
    /// The provider's head, without what belongs to the other connection, and with our request id.
    ///
    /// - Parameter bodyChanges: True where our copy of the body may differ in length.
    static func forward(
        _ head: HTTPResponseHead, version: HTTPVersion, id: RequestID, bodyChanges: Bool, closes: Bool
    ) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(head.headers.count + 2)
        for (name, value) in head.headers where !isDropped(name, bodyChanges) { headers.add(name: name, value: value) }
        headers.add(name: "x-signalbox-request-id", value: id.uuid)
        if closes { headers.add(name: "connection", value: "close") }
        return HTTPResponseHead(version: version, status: head.status, headers: headers)
    }

    /// A head of our own for a JSON body.
    static func json(
        status: Int, bytes: Int, version: HTTPVersion, id: RequestID, retryAfter: Int?, closes: Bool
    ) -> HTTPResponseHead {
        var headers: HTTPHeaders = [
            "content-type": "application/json", "content-length": String(bytes), "x-signalbox-request-id": id.uuid,
        ]
        if let retryAfter { headers.add(name: "retry-after", value: String(retryAfter)) }
        if closes { headers.add(name: "connection", value: "close") }
        return HTTPResponseHead(version: version, status: HTTPResponseStatus(statusCode: status), headers: headers)
    }

    private static func isDropped(_ name: String, _ bodyChanges: Bool) -> Bool {
        switch name.utf8.count {
        case 2: name.isSame("te")
        case 7: name.isSame("trailer") || name.isSame("upgrade")
        case 10: name.isSame("connection") || name.isSame("keep-alive")
        case 14: bodyChanges && name.isSame("content-length")
        case 16: name.isSame("proxy-connection")
        case 17: name.isSame("transfer-encoding")
        case 18: name.isSame("proxy-authenticate")
        default: false
        }
    }
}
