import Catalog
import Gateway
import Providers
import Routing
import Vocabulary

/// What a call may consume at worst, before anybody knows: for reserving.
struct Estimate {
    /// `nil` where no price is known.
    let money: Money?
    let tokens: Int64

    /// Output that is reserved where the caller names no limit: more than nearly every answer has.
    private static let defaultOutput: Int64 = 4096

    /// - Parameter bodyBytes: About four bytes make a token of English text; images count far less than their bytes.
    init(_ plan: CallPlan, outline: RequestOutline?, bodyBytes: Int, at now: UnixMicroseconds) {
        let model = plan.targets.lazy.compactMap(\.catalogModel).first
        var usage = TokenUsage()
        usage.uncachedInput = Int64((bodyBytes + 3) / 4)
        if plan.operation != .embeddings, plan.operation != .moderations, plan.operation != .countTokens {
            let most = model?.maxOutputTokens ?? Self.defaultOutput
            usage.outputText = min(outline?.maximumOutputTokens ?? min(Self.defaultOutput, most), max(most, 1))
        }
        tokens = usage.total
        if plan.operation == .countTokens {
            money = .zero
        } else {
            money = model.map { Pricing.receipt(for: usage, model: $0, at: now).total }
        }
    }
}
