import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Vocabulary

/// Signs requests to AWS.
enum RequestSigning {
    static func sign(
        _ head: inout HTTPRequestHead, body: ByteBuffer, keys: AWSKeys, region: String, service: String,
        at time: UnixMicroseconds
    ) {
        let signer = SigV4(
            credentials: SigV4.Credentials(
                accessKeyID: keys.accessKeyID, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken
            ),
            region: region, service: service
        )
        let query = head.uri.firstIndex(of: "?")
        let path = query.map { String(head.uri[..<$0]) } ?? head.uri
        let request = SigV4.Request(
            method: head.method.rawValue, path: path,
            query: query.map { String(head.uri[head.uri.index(after: $0)...]) } ?? "",
            headers: head.headers.filter { isSigned($0.name) }.map { (name: $0.name, value: $0.value) },
            body: Array(buffer: body)
        )
        for (name, value) in signer.headers(for: request, at: time / 1_000_000) {
            head.headers.replaceOrAdd(name: name, value: value)
        }
    }

    /// What nothing on the way may change.
    private static func isSigned(_ name: String) -> Bool { name.isSame("host") || name.isSame("content-type") }
}
