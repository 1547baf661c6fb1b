import Bytes

/// Reads errors as Amazon's JSON protocol reports them.
enum BedrockErrors {
    /// `{"message": ...}`; the exception's name stands in a header, or in `__type`, sometimes with a name space.
    static func read(_ body: UnsafeRawBufferPointer, status: Int) -> UpstreamError {
        guard let root = try? JSONView.parse(body), root.kind == .object else {
            let text = String(decoding: body.prefix(2048), as: UTF8.self)
            return UpstreamError(kind: UpstreamError.Kind(status: status), code: "", message: text)
        }
        let type = root["__type"]?.string ?? root["code"]?.string ?? ""
        let code = type.split(separator: "#").last.map(String.init) ?? ""
        let message = text(root)
        return UpstreamError(kind: kind(code, message, status), code: code, message: message)
    }

    /// Older services write the member with a capital.
    static func text(_ root: JSONView) -> String {
        root["message"]?.string ?? root["Message"]?.string ?? "The provider gave no message."
    }

    private static func kind(_ code: String, _ message: String, _ status: Int) -> UpstreamError.Kind {
        let words = message.lowercased()
        if words.contains("input is too long") || words.contains("too many input tokens")
            || words.contains("exceeds the maximum") && words.contains("token")
        {
            return .contextWindow
        }
        switch code {
        case "ThrottlingException": return .rateLimited
        case "ServiceQuotaExceededException": return .quota
        case "ModelNotReadyException", "ServiceUnavailableException": return .overloaded
        case "ModelTimeoutException": return .timeout
        case "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
            "MissingAuthenticationTokenException":
            return .authentication
        case "AccessDeniedException": return .permission
        case "ResourceNotFoundException": return .notFound
        case "ModelErrorException", "InternalServerException": return .server
        default: break
        }
        // Without the name in the body: a signature or token that is wrong is 403 too.
        if status == 403, words.contains("signature") || words.contains("security token") { return .authentication }
        if status == 424 { return .server }
        return UpstreamError.Kind(status: status, code: code, message: message)
    }
}
