import Gateway
import NIOSSL
import Synchronization

/// One TLS context for each set of trusted certificates, shared by all event loops: making one reads and parses the
/// system's certificates, which takes milliseconds.
package final class TLSContexts: Sendable {
    private let contexts = Mutex<[String: NIOSSLContext]>([:])

    package init() {}

    /// The context for an origin. Throws where its `ca_file` can't be read. Certificates and names are always checked.
    func context(for origin: UpstreamOrigin) throws -> NIOSSLContext {
        try contexts.withLock { contexts in
            let key = origin.certificateFile ?? ""
            if let context = contexts[key] { return context }
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            if let file = origin.certificateFile { configuration.additionalTrustRoots = [.file(file)] }
            let context = try NIOSSLContext(configuration: configuration)
            contexts[key] = context
            return context
        }
    }
}
