/// A recorded call with everything that was said, when, and what it cost.
public struct RequestDetail: Codable, Sendable, Equatable, Identifiable {
    /// The call without its content.
    public var summary: RequestSummary
    /// When things happened.
    public var timing: Timing
    /// What it cost and why; `nil` where no price is known.
    public var receipt: Receipt?
    /// The organisation that the call counts for.
    public var organisation: String?
    /// The call whose answer the cache gave.
    public var cacheSource: String?
    /// What the target could not take as it was.
    public var parameterChanges: [ParameterChange]?
    /// What the call added to budgets.
    public var charges: [Charge]?
    /// Why this target: the routing decision as it was recorded.
    public var decision: JSONValue?
    /// Whether a body was longer than the recording limit and was cut.
    public var truncated: Bool
    /// What the caller sent.
    public var request: RecordedBody
    /// What the caller received.
    public var response: RecordedBody

    /// The id of the call.
    public var id: String { summary.id }

    enum CodingKeys: String, CodingKey {
        case timing, receipt, truncated, request, response, organisation, charges, decision
        case cacheSource = "cache_source"
        case parameterChanges = "parameter_changes"
    }

    /// The summary's members stand beside the detail's own.
    public init(from decoder: any Decoder) throws {
        summary = try RequestSummary(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        timing = try container.decode(Timing.self, forKey: .timing)
        receipt = try container.decodeIfPresent(Receipt.self, forKey: .receipt)
        organisation = try container.decodeIfPresent(String.self, forKey: .organisation)
        cacheSource = try container.decodeIfPresent(String.self, forKey: .cacheSource)
        parameterChanges = try container.decodeIfPresent([ParameterChange].self, forKey: .parameterChanges)
        charges = try container.decodeIfPresent([Charge].self, forKey: .charges)
        decision = try container.decodeIfPresent(JSONValue.self, forKey: .decision)
        truncated = try container.decode(Bool.self, forKey: .truncated)
        request = try container.decode(RecordedBody.self, forKey: .request)
        response = try container.decode(RecordedBody.self, forKey: .response)
    }

    /// Writes both into one object.
    public func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(timing, forKey: .timing)
        try container.encode(receipt, forKey: .receipt)
        try container.encode(organisation, forKey: .organisation)
        try container.encode(cacheSource, forKey: .cacheSource)
        try container.encode(parameterChanges, forKey: .parameterChanges)
        try container.encode(charges, forKey: .charges)
        try container.encode(decision, forKey: .decision)
        try container.encode(truncated, forKey: .truncated)
        try container.encode(request, forKey: .request)
        try container.encode(response, forKey: .response)
    }
}

/// When things happened, in milliseconds after the call began.
public struct Timing: Codable, Sendable, Equatable {
    /// The request was complete, checked and ready to go upstream.
    public var admittedMS: Double?
    /// A connection to the upstream was ready.
    public var connectedMS: Double?
    /// The first byte of the upstream's answer arrived.
    public var firstByteMS: Double?
    /// The first content token of a stream arrived.
    public var firstTokenMS: Double?
    /// The answer was complete.
    public var endedMS: Double?

    enum CodingKeys: String, CodingKey {
        case admittedMS = "admitted_ms"
        case connectedMS = "connected_ms"
        case firstByteMS = "first_byte_ms"
        case firstTokenMS = "first_token_ms"
        case endedMS = "ended_ms"
    }
}

/// A body as it was recorded.
public struct RecordedBody: Codable, Sendable, Equatable {
    /// The provider's own message objects, as a list.
    public var messages: [JSONValue]
    /// The whole body, where it was JSON.
    public var body: JSONValue?
    /// The whole body, where it was not.
    public var text: String?
}
