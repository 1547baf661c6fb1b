import Bytes
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Builds responses in the API's shapes.
enum Answers {
    /// A JSON object; `fill` writes its members.
    static func object(_ status: HTTPResponse.Status = .ok, _ fill: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter()
        json.beginObject()
        fill(&json)
        json.endObject()
        return bytes(json.bytes, type: "application/json", status: status)
    }

    /// A list: `data`, `next_cursor`, and `total` where it was asked for.
    static func list<Item>(
        _ items: some Sequence<Item>, next: Cursor?, total: Int?, _ write: (Item, inout JSONWriter) -> Void
    ) -> Response {
        object { json in
            json.key("data")
            json.beginArray()
            for item in items { write(item, &json) }
            json.endArray()
            json.member("next_cursor", next?.text)
            if let total { json.member("total", Int64(total)) }
        }
    }

    /// The documented shape of an error.
    static func error(_ error: APIError, requestID: RequestID) -> Response {
        var response = object(error.status) { json in
            json.key("error")
            json.beginObject()
            json.member("code", error.code)
            json.member("message", error.message)
            json.member("request_id", requestID.uuid)
            json.endObject()
        }
        for field in error.headers { response.headers[field.name] = field.value }
        return response
    }

    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
