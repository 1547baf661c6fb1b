import Bytes
import NIOCore

/// A body as it goes into the record: text as it is, up to a limit; anything else as a note of its size and type.
struct RecordedBody {
    private enum Content {
        case buffer(ByteBuffer)
        case bytes([UInt8])
    }

    private let content: Content
    let isCut: Bool

    init(bytes: [UInt8]) {
        content = .bytes(bytes)
        isCut = false
    }

    init(_ body: ByteBuffer, contentType: String?, limit: Int) {
        guard body.readableBytes == 0 || Self.isText(contentType) else {
            content = .bytes(Self.note(bytes: body.readableBytes, contentType: contentType ?? ""))
            isCut = true
            return
        }
        isCut = body.readableBytes > limit
        content = .buffer(isCut ? body.getSlice(at: body.readerIndex, length: limit) ?? body : body)
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch content {
        case .buffer(let buffer): buffer.withUnsafeReadableBytes(body)
        case .bytes(let bytes): bytes.withUnsafeBytes(body)
        }
    }

    /// A body without a content type is taken for JSON: several clients leave it out.
    private static func isText(_ contentType: String?) -> Bool {
        guard let contentType else { return true }
        return contentType.isJSON || contentType.dropping(prefix: "text/") != nil
            || contentType.dropping(prefix: "application/x-www-form-urlencoded") != nil
            || contentType.dropping(prefix: "application/xml") != nil
    }

    private static func note(bytes: Int, contentType: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("@binary")
        writer.beginObject()
        writer.key("content_type")
        writer.string(contentType)
        writer.key("bytes")
        writer.int(Int64(bytes))
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
