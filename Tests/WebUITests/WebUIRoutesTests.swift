import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import WebUI

/// These hold whether or not the web app was built: without it the page says how to build it.
@Suite struct WebUIRoutesTests {
    private func withClient(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let router = Router()
        WebUI().addRoutes(to: router)
        try await Application(router: router).test(.router) { try await body($0) }
    }

    @Test(arguments: ["/", "/requests", "/requests/0198-abc", "/keys", "/models"])
    func `every route of the app is the page`(path: String) async throws {
        try await withClient { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/html; charset=utf-8")
                #expect(String(buffer: response.body).contains("Signalbox"))
            }
        }
    }

    @Test func `the page forbids inline scripts, foreign hosts and framing`() async throws {
        try await withClient { client in
            try await client.execute(uri: "/requests", method: .get) { response in
                let policy = try #require(response.headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'self'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe-inline"))
                #expect(!policy.contains("http:"))
                #expect(response.headers[.xContentTypeOptions] == "nosniff")
            }
        }
    }

    @Test func `a known entity tag is answered with 304 and no body`() async throws {
        try await withClient { client in
            let tag = try await client.execute(uri: "/", method: .get) { try #require($0.headers[.eTag]) }
            try await client.execute(uri: "/", method: .get, headers: [.ifNoneMatch: tag]) { response in
                #expect(response.status == .notModified)
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test func `HEAD has the headers of GET and no body`() async throws {
        try await withClient { client in
            try await client.execute(uri: "/", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.eTag] != nil)
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test func `files the page names are cached for ever`() async throws {
        try await withClient { client in
            let page = try await client.execute(uri: "/", method: .get) { String(buffer: $0.body) }
            for path in assetPaths(in: page) {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(response.status == .ok)
                    #expect(response.headers[.cacheControl]?.contains("immutable") == true)
                }
            }
        }
    }

    @Test func `a file of another version is 404 and not cached`() async throws {
        try await withClient { client in
            try await client.execute(uri: "/assets/app-0000.js", method: .get) { response in
                #expect(response.status == .notFound)
                #expect(response.headers[.cacheControl] == "no-store")
            }
        }
    }

    /// Quoted paths under `/assets/` in the page's text; none when the app was not built.
    private func assetPaths(in page: String) -> [String] {
        page.split(separator: "\"").map(String.init).filter { $0.hasPrefix("/assets/") }
    }
}
