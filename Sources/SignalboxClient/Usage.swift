/// What a call consumed, in disjoint buckets: no token is counted in two of them. All but `serverToolCalls` are tokens.
public struct Usage: Codable, Sendable, Equatable {
    /// Input at the full price.
    public var input: Int64
    /// Input read from the provider's cache.
    public var cacheRead: Int64
    /// Input written to a cache of five minutes.
    public var cacheWrite5m: Int64
    /// Input written to a cache of one hour.
    public var cacheWrite1h: Int64
    /// Audio input.
    public var audioInput: Int64
    /// Image input, where the provider counts it apart.
    public var imageInput: Int64
    /// Visible output.
    public var output: Int64
    /// Output spent on reasoning that the answer doesn't show.
    public var reasoning: Int64
    /// Audio output.
    public var audioOutput: Int64
    /// Web searches and other calls on the provider's side, by count.
    public var serverToolCalls: Int64
    /// Everything on the input side.
    public var totalInput: Int64
    /// Everything on the output side.
    public var totalOutput: Int64
    /// All tokens.
    public var total: Int64
    /// `reported` by the provider, `estimated` from the bytes of a broken stream, or `none`.
    public var source: String

    enum CodingKeys: String, CodingKey {
        case input, output, reasoning, total, source
        case cacheRead = "cache_read"
        case cacheWrite5m = "cache_write_5m"
        case cacheWrite1h = "cache_write_1h"
        case audioInput = "audio_input"
        case imageInput = "image_input"
        case audioOutput = "audio_output"
        case serverToolCalls = "server_tool_calls"
        case totalInput = "total_input"
        case totalOutput = "total_output"
    }
}
