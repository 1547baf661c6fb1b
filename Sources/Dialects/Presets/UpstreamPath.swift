/// How a provider lays out its paths.
package enum PathScheme: String, Sendable, CaseIterable {
    /// `/chat/completions` and its like after the base URL.
    case openAI = "openai"
    /// `/openai/v1/...`, or `/openai/deployments/<model>/...?api-version=` for a dated `api_version`.
    case azure
    /// `/v1/messages`.
    case anthropic
    /// `/v1beta/models/<model>:<method>`.
    case gemini
    /// `/v1/projects/<project>/locations/<location>/publishers/<publisher>/models/<model>:<method>`.
    case vertex
    /// `/model/<model>/converse`.
    case bedrock
    /// `/v2/chat`.
    case cohere
}

/// The path and query of a call, after the base URL's path.
package enum UpstreamPath {
    /// - Parameters:
    ///   - operation: What is called.
    ///   - model: The upstream's name of the model; may be an ARN or a full resource name.
    ///   - streams: The answer is wanted as a stream, where the path says so.
    ///   - settings: The provider's settings by name, for example `api_version`, `project`.
    /// - Returns: The path with its query, percent-encoded; `nil` where the provider has no such operation.
    package static func path(
        _ scheme: PathScheme, _ operation: ProviderOperation, model: String, streams: Bool = false,
        settings: [String: String] = [:]
    ) -> String? {
        switch scheme {
        case .openAI: openAI(operation)
        case .azure: azure(operation, model: model, version: settings["api_version"] ?? "v1")
        case .anthropic: anthropic(operation)
        case .gemini: gemini(operation, model: model, streams: streams)
        case .vertex: vertex(operation, model: model, streams: streams, settings: settings)
        case .bedrock: bedrock(operation, model: model, streams: streams)
        case .cohere: cohere(operation)
        }
    }

    private static func openAI(_ operation: ProviderOperation) -> String? {
        switch operation {
        case .chat: "/chat/completions"
        case .completions: "/completions"
        case .responses: "/responses"
        case .embeddings: "/embeddings"
        case .moderations: "/moderations"
        case .messages: "/messages"
        case .countTokens: "/messages/count_tokens"
        case .generateContent, .converse, .cohereChat: nil
        }
    }

    /// `v1` and `preview` are the undated API, whose model stands in the body; a date is the deployments API.
    private static func azure(_ operation: ProviderOperation, model: String, version: String) -> String? {
        guard let path = openAI(operation), operation != .messages, operation != .countTokens else { return nil }
        switch version {
        case "v1", "": return "/openai/v1\(path)"
        case "preview", "latest": return "/openai/v1\(path)?api-version=\(version)"
        default:
            let query = "?api-version=\(PercentEncoding.encode(version))"
            // Responses was never under deployments: its model is in the body with dated versions as well.
            if operation == .responses { return "/openai/responses\(query)" }
            return "/openai/deployments/\(PercentEncoding.encode(model))\(path)\(query)"
        }
    }

    private static func anthropic(_ operation: ProviderOperation) -> String? {
        switch operation {
        case .messages: "/v1/messages"
        case .countTokens: "/v1/messages/count_tokens"
        default: nil
        }
    }

    private static func gemini(_ operation: ProviderOperation, model: String, streams: Bool) -> String? {
        guard let method = method(operation, streams: streams, embed: "batchEmbedContents") else { return nil }
        // Tuned models are `tunedModels/<id>`; a bare name is one of Google's.
        let resource = model.contains("/") ? model : "models/\(model)"
        return "/v1beta/\(encodeResource(resource)):\(method)"
    }

    private static func vertex(
        _ operation: ProviderOperation, model: String, streams: Bool, settings: [String: String]
    ) -> String? {
        guard let method = method(operation, streams: streams, embed: "predict") else { return nil }
        guard let project = settings["project"] else { return nil }
        let location = settings["location"] ?? "global"
        let place = "projects/\(PercentEncoding.encode(project))/locations/\(PercentEncoding.encode(location))"
        return "/v1/\(place)/\(vertexResource(model)):\(method)"
    }

    /// A bare name is one of Google's models; `endpoints/<id>` and `publishers/<name>/models/<id>` stand for
    /// themselves.
    private static func vertexResource(_ model: String) -> String {
        let resource =
            model.hasPrefix("publishers/") || model.hasPrefix("endpoints/")
            ? model : "publishers/google/models/\(model)"
        return encodeResource(resource)
    }

    /// Keeps a resource name's slashes, unless one of its pieces would lead elsewhere.
    private static func encodeResource(_ resource: String) -> String {
        let leadsElsewhere = resource.split(separator: "/", omittingEmptySubsequences: false).contains { piece in
            piece.isEmpty || piece == "." || piece == ".."
        }
        return PercentEncoding.encode(resource, keeping: leadsElsewhere ? "@" : "/@")
    }

    private static func method(_ operation: ProviderOperation, streams: Bool, embed: String) -> String? {
        switch operation {
        case .generateContent: streams ? "streamGenerateContent?alt=sse" : "generateContent"
        case .countTokens: "countTokens"
        case .embeddings: embed
        default: nil
        }
    }

    private static func bedrock(_ operation: ProviderOperation, model: String, streams: Bool) -> String? {
        let model = PercentEncoding.encode(model)
        switch operation {
        case .converse: return "/model/\(model)/\(streams ? "converse-stream" : "converse")"
        case .embeddings: return "/model/\(model)/invoke"
        case .countTokens: return "/model/\(model)/count-tokens"
        default: return nil
        }
    }

    private static func cohere(_ operation: ProviderOperation) -> String? {
        switch operation {
        case .cohereChat: "/v2/chat"
        case .embeddings: "/v2/embed"
        default: nil
        }
    }
}

/// Percent-encoding as of RFC 3986, section 2.
package enum PercentEncoding {
    /// Encodes everything but unreserved characters and those of `kept`, which are ASCII.
    package static func encode(_ text: String, keeping kept: String = "") -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                output.append(byte)
            } else {
                output += [0x25, hex(byte >> 4), hex(byte & 15)]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x41 + digit - 10 }
}
