package import Bytes
package import Dialects
package import Vocabulary

/// What one scan of a JSON request finds: where to splice, and who is calling for what.
///
/// Offsets are into the request's bytes. Nothing is copied but the few short strings that the record carries.
package struct RequestOutline: Sendable, Equatable {
    /// The value of `model` with its quotes; `nil` where the path names the model.
    package var modelRange: Range<Int>?
    package var model: String
    package var streams: Bool
    /// True where the caller asked for usage in its stream (`stream_options.include_usage`).
    package var asksForUsage: Bool
    package var user: String?
    package var metadata: [MetadataPair]
    /// The request's `service_tier`, where it has one; it decides the price.
    package var serviceTier: String?
    /// The most tokens that the answer may have, under whichever name the caller gave it.
    package var maximumOutputTokens: Int64?
    /// The call needs a model that can use tools.
    package var hasTools = false
    /// The call needs a model that can keep to a form.
    package var hasAnswerFormat = false
    /// Some member is meant for a router: the body is worth another look.
    package var hasRoutingMembers = false
    /// The cache key or session that keeps calls with the same beginning together.
    package var cacheKey: String?

    /// Longest metadata list that is recorded, and longest string in it: OpenAI's own limits are 16 and 512.
    static let metadataLimit = 32
    static let stringLimit = 512

    /// - Parameters:
    ///   - root: The parsed request.
    ///   - path: What the path says, for dialects that name model and streaming there.
    /// - Throws: `RequestFault` that names the member and the mend.
    package init(_ root: JSONView, path: CallerPath = CallerPath()) throws(RequestFault) {
        guard root.kind == .object else { throw .notAnObject }
        let found = try Members(root)
        if let model = path.model {
            self.model = model
            modelRange = nil
        } else {
            guard let model = found.model else { throw .missingModel }
            guard let name = model.string, !name.isEmpty else {
                throw .wrongType(member: "model", expected: "a string")
            }
            self.model = name
            modelRange = model.range
        }
        let asksForStream = try Self.flag(found.stream, named: "stream")
        streams = path.streams || asksForStream
        maximumOutputTokens = found.maximumOutputTokens?.int64
        hasTools = found.hasTools
        hasAnswerFormat = found.hasAnswerFormat
        hasRoutingMembers = found.hasRoutingMembers
        cacheKey = found.cacheKey?.string
        asksForUsage = found.streamOptions?["include_usage"]?.bool ?? false
        serviceTier = found.serviceTier?.string
        user = found.user?.string ?? found.metadata?["user_id"]?.string
        metadata = found.metadata.map(Self.pairs) ?? []
    }

    /// The top-level members that matter, gathered in one pass: a prompt may be long, and every look-up walks past it.
    private struct Members {
        var model: JSONView?
        var stream: JSONView?
        var streamOptions: JSONView?
        var serviceTier: JSONView?
        var user: JSONView?
        var metadata: JSONView?
        var maximumOutputTokens: JSONView?
        var cacheKey: JSONView?
        var hasTools = false
        var hasAnswerFormat = false
        var hasRoutingMembers = false

        /// Throws where a member that decides routing or billing is there twice: gateway and provider could read
        /// different ones.
        init(_ root: JSONView) throws(RequestFault) {
            for (key, value) in root.members {
                switch key {
                case "model": try Self.set(&model, value, "model")
                case "stream": try Self.set(&stream, value, "stream")
                case "stream_options": try Self.set(&streamOptions, value, "stream_options")
                case "service_tier": try Self.set(&serviceTier, value, "service_tier")
                case "user": user = user ?? value
                case "metadata": metadata = metadata ?? value
                case "max_tokens", "max_completion_tokens", "max_output_tokens":
                    maximumOutputTokens = maximumOutputTokens ?? value
                case "generationConfig", "generation_config":
                    maximumOutputTokens = value["maxOutputTokens"] ?? value["max_output_tokens"]
                case "prompt_cache_key", "session_id": noteKey(value, isSession: key == "session_id")
                case "tools": hasTools = !value.isEmptyContainer
                case "response_format", "text", "output_config": hasAnswerFormat = value.kind == .object
                case "models", "route", "provider", "fallbacks", "num_retries", "disable_fallbacks", "cache",
                    "transforms", "plugins", "preset", "mock_response", "guardrails", "config":
                    hasRoutingMembers = true
                default: break
                }
            }
        }

        private mutating func noteKey(_ value: JSONView, isSession: Bool) {
            cacheKey = cacheKey ?? value
            if isSession { hasRoutingMembers = true }
        }

        private static func set(_ member: inout JSONView?, _ value: JSONView, _ name: String) throws(RequestFault) {
            guard member == nil else { throw .duplicateMember(name) }
            member = value
        }
    }

    private static func flag(_ value: JSONView?, named name: String) throws(RequestFault) -> Bool {
        guard let value, !value.isNull else { return false }
        guard let flag = value.bool else { throw .wrongType(member: name, expected: "true or false") }
        return flag
    }

    /// The members of a metadata object whose values are short scalars.
    package static func pairs(_ object: JSONView) -> [MetadataPair] {
        var pairs: [MetadataPair] = []
        object.forEachMember { key, value in
            guard pairs.count < metadataLimit, let text = scalar(value) else { return }
            let name = key.string.prefix(stringLimit)
            pairs.append(MetadataPair(key: String(name), value: String(text.prefix(stringLimit))))
        }
        return pairs
    }

    private static func scalar(_ value: JSONView) -> String? {
        switch value.kind {
        case .string: value.string
        case .number, .bool: String(decoding: value.raw, as: UTF8.self)
        case .object, .array, .null: nil
        }
    }
}

/// Why a request can't be sent on. Each becomes a 400 in the caller's dialect.
package enum RequestFault: Error, Sendable, Equatable {
    case syntax(JSONSyntaxError)
    case notAnObject
    case missingModel
    case duplicateMember(String)
    case wrongType(member: String, expected: String)

    /// What is wrong and how to mend it.
    package var message: String {
        switch self {
        case .syntax(let error):
            "The body is not valid JSON: \(error.reason) at byte \(error.offset). Send one JSON object."
        case .notAnObject: "The body is JSON, but not an object. Send one JSON object."
        case .missingModel: "The body has no \"model\". Name one of the models that GET /v1/models lists."
        case .duplicateMember(let name):
            "The body has \"\(name)\" twice, so it is unclear which one counts. Send it once."
        case .wrongType(let member, let expected): "The body's \"\(member)\" must be \(expected)."
        }
    }

    /// The member at fault, where there is one.
    package var parameter: String? {
        switch self {
        case .syntax, .notAnObject: nil
        case .missingModel: "model"
        case .duplicateMember(let name): name
        case .wrongType(let member, _): member
        }
    }
}
