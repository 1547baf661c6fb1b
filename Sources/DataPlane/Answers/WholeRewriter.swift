import Bytes
import Dialects
import Providers

/// Turns a whole good answer into the caller's form, for calls that are no conversations.
struct WholeRewriter {
    /// The form of the provider's errors.
    let format: WireFormat
    /// The caller's body, and what the record needs; `nil` for an answer that can't be read.
    let rewrite: @Sendable (JSONView) -> (body: [UInt8], observed: ObservedAnswer)?
}
