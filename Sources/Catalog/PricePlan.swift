/// The service tier a call was billed under. Raw values are stable: they stand in price versions and in our files.
package enum PricePlan: String, Sendable, CaseIterable {
    /// The price of an ordinary call.
    case standard
    /// An asynchronous batch, typically half price.
    case batch
    /// Slower, cheaper processing (OpenAI, Google, Amazon).
    case flex
    /// Faster, dearer processing.
    case priority

    /// Reads the `service_tier` that a provider reports with an answer.
    ///
    /// `auto`, `default`, `on_demand` and anything unknown are the standard plan: a dearer price is never assumed.
    package init(serviceTier: String?) {
        switch serviceTier {
        case "batch": self = .batch
        case "flex": self = .flex
        case "priority": self = .priority
        default: self = .standard
        }
    }
}
