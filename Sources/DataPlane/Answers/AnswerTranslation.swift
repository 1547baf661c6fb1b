import Dialects
import Gateway
import Vocabulary

/// How one attempt's answer is turned into the caller's format.
struct AnswerTranslation {
    let provider: any ProviderCodec.Type
    let caller: any CallerCodec.Type
    let context: AnswerContext
    /// The caller asked for a stream, whatever the provider sends.
    let wantsStream: Bool

    /// A whole answer of the provider in the caller's format: as one body, or as a stream where it asked for one.
    func rewrite(_ answer: ModelAnswer) -> [UInt8] {
        guard wantsStream else { return caller.encode(answer, context: context) }
        var output: [UInt8] = []
        var encoder = caller.streamEncoder(context: context)
        for event in answer.events { encoder.encode(event, into: &output) }
        encoder.finish(into: &output)
        return output
    }
}

/// What an answer's relay must know of its call.
struct RelaySetup {
    var operation: Operation
    /// The format of what is passed through, where the operation does not tell.
    var observedFormat: WireFormat?
    /// Usage was asked for on the caller's behalf: the extra chunk is kept from it.
    var hidesUsage = false
    /// `nil` where the provider speaks the caller's format: then its bytes go through.
    var translation: AnswerTranslation?
    /// Set for calls that are no conversations and go out in another form.
    var rewriter: WholeRewriter?
    /// Adds what the caller's product says beside the dialect, to a whole body or to the data of one event.
    var extend: (@Sendable ([UInt8], TokenUsage?) -> [UInt8])?
    var limits: GatewayLimits
}
