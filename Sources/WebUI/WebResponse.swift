import HTTPTypes
import Hummingbird
import NIOCore

/// Answers with the headers that keep the app inside its own origin.
enum WebResponse {
    /// Scripts and styles come from this origin alone and never from the page's text, so that a model's answer that
    /// reached the document as markup could still not run. `data:` images are the app's own icons.
    private static let contentSecurityPolicy = """
        default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    /// A year, in seconds: the file's name holds its hash, so it can never change.
    private static let immutableCaching = "public, max-age=31536000, immutable"

    /// The page: revalidated each time, so that a new binary's app is seen at the next load.
    static func page(_ asset: WebAsset, for request: Request) -> Response {
        file(asset, caching: "no-cache", for: request)
    }

    /// A file whose name holds its hash.
    static func immutable(_ asset: WebAsset, for request: Request) -> Response {
        file(asset, caching: immutableCaching, for: request)
    }

    /// A file of another version of the app, or none at all.
    static func missing(_ path: String) -> Response {
        var headers = commonHeaders()
        headers[.contentType] = "text/plain; charset=utf-8"
        headers[.cacheControl] = "no-store"
        let text = "No such file in this version of the app. Load the page again.\n"
        return Response(status: .notFound, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private static func file(_ asset: WebAsset, caching: String, for request: Request) -> Response {
        var headers = commonHeaders()
        headers[.cacheControl] = caching
        headers[.eTag] = asset.entityTag
        headers[.vary] = "Accept-Encoding"
        if ContentNegotiation.matches(request.headers[.ifNoneMatch], entityTag: asset.entityTag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = asset.contentType
        if let gzip = asset.gzip, ContentNegotiation.acceptsGzip(request.headers[.acceptEncoding]) {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: gzip))
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: asset.bytes))
    }

    private static func commonHeaders() -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentSecurityPolicy] = contentSecurityPolicy
        headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in isolation { headers[name] = value }
        return headers
    }

    /// Headers that swift-http-types has no names for. A `#key=` fragment is never sent as a referrer by any browser;
    /// `no-referrer` keeps paths with request ids inside too.
    private static let isolation: [(HTTPField.Name, String)] = [
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
