/// Something in a request that the target could not take as it was.
public struct ParameterChange: Codable, Sendable, Equatable {
    /// Where it stood in the caller's request, for example `logit_bias`.
    public var name: String
    /// `dropped`, `renamed`, `clamped` or `mapped`.
    public var action: String
    /// What became of it and why.
    public var detail: String
}
