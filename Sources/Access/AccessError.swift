/// Why a request was not let in.
package enum AccessError: Error, Sendable, Equatable, CaseIterable {
    /// The request carried no key at all.
    case missing
    /// No key has this secret.
    case unknown
    /// The key was revoked.
    case revoked
    /// The key's time is over.
    case expired
    /// The key is good, but the endpoint needs an admin key.
    case adminRequired
    /// The key is good, but lacks the scope that the endpoint needs.
    case scopeRequired
    /// The key, or somebody it belongs to, is blocked for now.
    case blocked

    /// The stable code that clients match on.
    package var code: String {
        switch self {
        case .missing: "missing_key"
        case .unknown: "invalid_key"
        case .revoked: "revoked_key"
        case .expired: "expired_key"
        case .adminRequired: "admin_key_required"
        case .scopeRequired: "scope_required"
        case .blocked: "blocked_key"
        }
    }

    /// 401 where another key could be let in, 403 where this one is known and not enough.
    package var httpStatus: Int {
        switch self {
        case .adminRequired, .scopeRequired, .blocked: 403
        case .missing, .unknown, .revoked, .expired: 401
        }
    }

    /// What happened and what to do about it, for people.
    package var message: String {
        switch self {
        case .missing:
            "The request carries no key. Send one as `Authorization: Bearer sb-...` or in `x-api-key`."
        case .unknown:
            "No key has this secret. Check that it was copied whole, or create one with `signalbox keys create`."
        case .revoked:
            "This key was revoked. Use another one, or create one with `signalbox keys create`."
        case .expired:
            "This key has expired. Give it a later expiry with an admin key, or create another one."
        case .adminRequired:
            "This key is a member key, which may call models only. Use a key whose role is admin."
        case .scopeRequired:
            "This key's scopes do not include this. Use another key, or have an admin add the scope."
        case .blocked:
            "This key, or the team, user, project or organisation it belongs to, is blocked. An admin can unblock it."
        }
    }
}
