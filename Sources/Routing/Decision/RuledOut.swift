/// Why a target is not tried.
package enum RuledOut: Sendable, Hashable {
    /// A condition on it, or on a group it stands in, does not hold.
    case condition
    /// A `conditional` group chose another member, or a `single` group has another first one.
    case notSelected
    case weightZero
    /// The call needs `need` tokens, the model takes `have`.
    case contextWindow(have: Int64, need: Int64)
    case capability(missing: Capabilities)
    /// Dearer than the caller's maximum, or without a known price.
    case price
    case region
    /// The provider may collect or retain data, or is not known not to.
    case privacy
    case ignoredByCaller
    case notInOnly
    /// The caller allows no fallback, and this is not the first choice.
    case fallbacksNotAllowed
    case unsupportedParameter(String)
    case quantization
    /// A tag that the caller asks for is missing.
    case tag
    /// Too many failures; tried again at `until` (monotonic nanoseconds).
    case breakerOpen(until: UInt64)
    /// The provider asked to be left alone until then (monotonic nanoseconds).
    case coolingDown(until: UInt64)
    case notAllowedByKey

    /// A stable code for the API.
    package var code: String {
        switch self {
        case .condition: "condition"
        case .notSelected: "not_selected"
        case .weightZero: "weight_zero"
        case .contextWindow: "context_window"
        case .capability: "capability"
        case .price: "price"
        case .region: "region"
        case .privacy: "privacy"
        case .ignoredByCaller: "ignored_by_caller"
        case .notInOnly: "not_in_only"
        case .fallbacksNotAllowed: "fallbacks_not_allowed"
        case .unsupportedParameter: "unsupported_parameter"
        case .quantization: "quantization"
        case .tag: "tag"
        case .breakerOpen: "breaker_open"
        case .coolingDown: "cooling_down"
        case .notAllowedByKey: "not_allowed_by_key"
        }
    }

    /// True where it is the target's state that rules it out, not the call: such targets are tried if no other is left.
    package var isHealth: Bool {
        switch self {
        case .breakerOpen, .coolingDown: true
        default: false
        }
    }

    /// The reason in words. Times are relative to `now` (monotonic nanoseconds).
    package func text(now: UInt64) -> String {
        switch self {
        case .condition: "its condition does not hold"
        case .notSelected: "the group chose another member"
        case .weightZero: "its weight is 0"
        case .contextWindow(let have, let need): "its context window is \(have) tokens, the call needs \(need)"
        case .capability(let missing): "it can't do \(missing.names.joined(separator: ", "))"
        case .price: "it is dearer than the call allows, or its price is not known"
        case .region: "its region is not allowed, or not known"
        case .privacy: "it is not known to meet the call's privacy demands"
        case .ignoredByCaller: "the caller ignores this provider"
        case .notInOnly: "the caller allows other providers only"
        case .fallbacksNotAllowed: "the caller allows no fallback"
        case .unsupportedParameter(let name): "it does not take the parameter \(name)"
        case .quantization: "its quantization is not one that the caller allows, or not known"
        case .tag: "it lacks a tag that the call asks for"
        case .breakerOpen(let until): "its breaker is open for another \(Self.milliseconds(until, now)) ms"
        case .coolingDown(let until): "it asked to be left alone for another \(Self.milliseconds(until, now)) ms"
        case .notAllowedByKey: "the key does not allow it"
        }
    }

    private static func milliseconds(_ until: UInt64, _ now: UInt64) -> UInt64 {
        until > now ? (until - now) / 1_000_000 : 0
    }
}
