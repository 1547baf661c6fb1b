import Access
import HTTPTypes
import Storage

/// Why a door refuses, whatever shape its product gives that.
struct DoorError: Error, Sendable, Equatable {
    var status: HTTPResponse.Status
    /// The stable code that clients may match on.
    var code: String
    /// What happened and what to do about it.
    var message: String

    init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    static func invalid(_ field: String, _ expected: String) -> DoorError {
        DoorError(.badRequest, "invalid_field", "`\(field.prefix(60))` must be \(expected).")
    }

    /// Something that this door does not do, said plainly instead of pretending.
    static func notDone(_ what: String, instead: String) -> DoorError {
        DoorError(.notImplemented, "not_supported", "\(what) is not supported here. \(instead)")
    }

    static func notFound(_ what: String) -> DoorError { DoorError(.notFound, "not_found", what) }

    /// What an error of a room means to the caller; anything unknown stays our own secret.
    init(_ error: any Error) {
        switch error {
        case let error as DoorError: self = error
        case let error as AccessError:
            self.init(.init(code: error.httpStatus), error.code, error.message)
        case let error as KeyError: self.init(Self.status(of: error), error.code, error.message)
        case is StorageError:
            self.init(
                .serviceUnavailable, "storage_error",
                "The store did not answer. Look at the server's log and disk, then try again.")
        default:
            self.init(
                .internalServerError, "internal_error",
                "Something went wrong in the server. Its log has the details under this request id.")
        }
    }

    /// Whether the log should have what the caller does not get to see.
    var isOurs: Bool { status.code >= 500 && code != "not_supported" }

    private static func status(of error: KeyError) -> HTTPResponse.Status {
        switch error {
        case .invalid, .bootstrap: .badRequest
        case .notFound, .noSubject: .notFound
        case .alreadyRevoked, .lastAdmin, .subjectExists, .subjectInUse: .conflict
        case .noEntropy, .busy: .serviceUnavailable
        }
    }
}
