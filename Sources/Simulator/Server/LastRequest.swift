import NIOCore
import NIOHTTP1

/// The last request that arrived, as `/sim/last` shows it: what a gateway really sent.
struct LastRequest {
    var head: HTTPRequestHead
    var body: ByteBuffer

    var json: JSONText {
        let headers: [JSONText] = head.headers.map { "[\($0.name.lowercased()),\($0.value)]" }
        let text = String(buffer: body)
        return #"{"method":\#(head.method.rawValue),"uri":\#(head.uri),"headers":\#(headers),"body":\#(text)}"#
    }
}
