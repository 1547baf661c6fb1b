import CWebAssets
import NIOCore

/// One file of the web app, ready to be written to a socket.
struct WebAsset: Sendable {
    /// The path it is served at, for example `/assets/app-1f0c.js`.
    var path: String
    /// A complete `Content-Type` value.
    var contentType: String
    /// A quoted weak entity tag: the gzip form is the same entity.
    var entityTag: String
    var bytes: ByteBuffer
    /// The gzip form, if the build made one.
    var gzip: ByteBuffer?

    /// Every asset in the binary; the page itself is the first.
    ///
    /// The bytes are copied once (about half a megabyte), so that all answers share them.
    static func embedded() -> [WebAsset] {
        (0..<signalbox_web_asset_count()).compactMap { index in
            signalbox_web_asset_at(index).map { WebAsset($0.pointee) }
        }
    }

    private init(_ asset: signalbox_web_asset) {
        path = String(cString: asset.path)
        contentType = String(cString: asset.content_type)
        entityTag = "W/\"\(String(cString: asset.etag))\""
        bytes = ByteBuffer(bytes: UnsafeBufferPointer(start: asset.bytes, count: asset.size))
        if asset.gzip_size > 0 {
            gzip = ByteBuffer(bytes: UnsafeBufferPointer(start: asset.gzip_bytes, count: asset.gzip_size))
        }
    }
}
