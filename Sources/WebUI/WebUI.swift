package import Hummingbird
import HTTPTypes

/// Serves the web app from inside the binary: the page at its routes, hashed files under `/assets`.
package struct WebUI: Sendable {
    /// The app's own routes; each is the same page, which reads the path itself.
    private static let pageRoutes: [RouterPath] = [
        "/", "/requests", "/requests/:id", "/keys", "/models", "/routes", "/routes/:name", "/providers", "/budgets",
        "/cache", "/what-if",
    ]

    private let page: WebAsset
    private let assets: [String: WebAsset]

    /// Reads the embedded files once; cheap enough for start-up (one copy of about half a megabyte).
    package init() {
        let all = WebAsset.embedded()
        // The C table always holds the page: it is compiled in, built or not.
        page = all[0]
        assets = Dictionary(uniqueKeysWithValues: all.dropFirst().map { ($0.path, $0) })
    }

    /// Adds the page's routes and `/assets/*` for GET and HEAD. Needs no key: the files hold no data, and the API
    /// that the page calls asks for one.
    package func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        for path in Self.pageRoutes {
            add(path, to: router) { request in WebResponse.page(page, for: request) }
        }
        add("/assets/:file", to: router) { request in
            guard let asset = assets[request.uri.path] else { return WebResponse.missing(request.uri.path) }
            return WebResponse.immutable(asset, for: request)
        }
    }

    private func add<Context: RequestContext>(
        _ path: RouterPath, to router: Router<Context>, answer: @escaping @Sendable (Request) -> Response
    ) {
        router.on(path, method: .get) { request, _ in answer(request) }
        router.on(path, method: .head) { request, _ in answer(request).createHeadResponse() }
    }
}
