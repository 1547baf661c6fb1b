import Storage
package import Vocabulary

/// Why a key, or somebody that keys belong to, could not be made, changed or removed.
package enum KeyError: Error, Sendable, Equatable {
    /// A field of the request does not fit: which one, and what is expected.
    case invalid(field: String, expected: String)
    /// The project has no key with this id.
    case notFound(id: String)
    /// There is no organisation, project, team, user or customer of that name.
    case noSubject(Subject)
    /// There is one of that name already.
    case subjectExists(Subject)
    /// Something belongs to it: what.
    case subjectInUse(Subject, by: String)
    /// A revoked key cannot be changed; there is no way back.
    case alreadyRevoked(id: String)
    /// Revoking it would leave nobody who can make keys.
    case lastAdmin(id: String)
    /// `SIGNALBOX_BOOTSTRAP_KEY` is unusable: why.
    case bootstrap(reason: String)
    /// The source of random bytes gave nothing usable.
    case noEntropy
    /// A hundred changes wait already: the store does not answer.
    case busy

    /// The stable code that clients match on.
    package var code: String {
        switch self {
        case .invalid: "invalid_field"
        case .notFound: "key_not_found"
        case .noSubject(let subject): "\(subject.kind.rawValue)_not_found"
        case .subjectExists(let subject): "\(subject.kind.rawValue)_exists"
        case .subjectInUse(let subject, _): "\(subject.kind.rawValue)_in_use"
        case .alreadyRevoked: "key_revoked"
        case .lastAdmin: "last_admin_key"
        case .bootstrap: "invalid_bootstrap_key"
        case .noEntropy: "no_entropy"
        case .busy: "keys_busy"
        }
    }

    /// What happened and what to do about it, for people.
    package var message: String {
        switch self {
        case .invalid(let field, let expected): "`\(field)` must be \(expected)."
        case .notFound(let id): "There is no key `\(id)` in this project. List the keys to see their ids."
        case .noSubject(let subject):
            "There is no \(subject.kind.rawValue) `\(subject.local.id)` in this project. "
                + "Create it first, or list what exists."
        case .subjectExists(let subject):
            "There is a \(subject.kind.rawValue) `\(subject.local.id)` already. "
                + "Change that one, or choose another id."
        case .subjectInUse(let subject, let user):
            "The \(subject.kind.rawValue) `\(subject.local.id)` cannot be removed: \(user)."
        case .alreadyRevoked(let id): "The key `\(id)` is revoked and cannot be changed. Create another one."
        case .lastAdmin(let id):
            "`\(id)` is the last admin key in use: without it nobody could make keys. Create another admin key first."
        case .bootstrap(let reason): "SIGNALBOX_BOOTSTRAP_KEY cannot be used: \(reason)"
        case .noEntropy: "The system's random number generator gave no usable bytes. Try again."
        case .busy: "Too many changes to keys wait for the store. Check the disk, and try again."
        }
    }
}
