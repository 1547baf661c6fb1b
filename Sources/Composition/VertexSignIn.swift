import AsyncHTTPClient
import Bytes
import CryptoExtras
import Dialects
import Gateway
import Logging
import NIOCore
import NIOHTTP1
import Runtime
import ServiceLifecycle
import Settings
import Synchronization

/// The tokens of providers that sign in with a service account, by provider name. It outlives every plan.
final class TokenBoard: Sendable {
    private let tokens = Mutex<[String: RenewedToken]>([:])

    /// The token of a provider, empty until the first sign-in.
    func token(of provider: String) -> RenewedToken {
        tokens.withLock { tokens in
            if let known = tokens[provider] { return known }
            let token = RenewedToken()
            tokens[provider] = token
            return token
        }
    }
}

/// Keeps the tokens of Google service accounts fresh, in the background.
struct VertexSignIn: Service {
    let registry: PlanRegistry
    let time: any TimeSource
    let logger: Logger

    /// A token is renewed this long before it ends, so that no call meets an old one.
    private static let margin: UInt64 = 300_000_000_000
    /// After a failure the next try waits this long.
    private static let pause: UInt64 = 10_000_000_000
    private static let patience: TimeAmount = .seconds(10)

    func run() async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        await cancelWhenGracefulShutdown { await keepFresh(with: client) }
        try? await client.shutdown()
    }

    private func keepFresh(with client: HTTPClient) async {
        // When each provider's token is to be renewed, monotonic nanoseconds.
        var due: [String: UInt64] = [:]
        while !Task.isCancelled {
            for provider in registry.settings.providers {
                guard let file = provider.serviceAccount else { continue }
                let key = "\(provider.name)\n\(file)"
                guard time.monotonicNanoseconds() >= due[key] ?? 0 else { continue }
                due[key] = await renew(provider.name, file, with: client)
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// - Returns: When to do it again.
    private func renew(_ provider: String, _ file: String, with client: HTTPClient) async -> UInt64 {
        do {
            let token = try await signIn(file, with: client)
            registry.compiler.tokens.token(of: provider).renew(token.accessToken)
            let lifetime = UInt64(max(0, token.lifetime)) * 1_000_000_000
            return time.monotonicNanoseconds() + (lifetime > 2 * Self.margin ? lifetime - Self.margin : lifetime / 2)
        } catch {
            logger.error(
                "No token for a service account; calls to its provider will be refused",
                metadata: ["provider": "\(provider)", "file": "\(file)", "error": "\(error)"]
            )
            return time.monotonicNanoseconds() + Self.pause
        }
    }

    private func signIn(_ file: String, with client: HTTPClient) async throws -> VertexServiceAccount.Token {
        let now = time.now() / 1_000_000
        let (url, body) = try await Blocking.run("service-account") {
            let account = try Self.account(in: file)
            let key = try _RSA.Signing.PrivateKey(pemRepresentation: account.privateKey)
            let body = try account.tokenRequest(now: now) { input in
                Array(try key.signature(for: SHA256Digest.of(input), padding: .insecurePKCS1v1_5).rawRepresentation)
            }
            return (account.tokenURL, body)
        }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(bytes: body))
        let answer = try await client.execute(request, deadline: .now() + Self.patience)
        let text = try await answer.body.collect(upTo: 1 << 16)
        return try text.withUnsafeReadableBytes { try VertexServiceAccount.token(in: JSONView.parse($0)) }
    }

    private static func account(in file: String) throws -> VertexServiceAccount {
        let bytes = try FileBytes.read(file, atMost: 1 << 20)
        return try bytes.withUnsafeBytes { try VertexServiceAccount(JSONView.parse($0)) }
    }
}
