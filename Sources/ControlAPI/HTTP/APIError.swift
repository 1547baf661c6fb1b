import Access
import HTTPTypes
import Storage
import Vocabulary

/// An answer that is not a success: status, stable code, and a message that says what to do.
struct APIError: Error, Sendable, Equatable {
    var status: HTTPResponse.Status
    var code: String
    var message: String
    /// Extra header fields, such as `Retry-After`.
    var headers: HTTPFields = [:]
}

extension APIError {
    /// A query parameter whose value does not fit.
    static func invalidParameter(_ name: String, expected: String) -> APIError {
        APIError(status: .badRequest, code: "invalid_parameter", message: "`\(name)` must be \(expected).")
    }

    /// A name that the endpoint does not know, with the nearest one that it does.
    static func unknownParameter(_ name: String, known: [String]) -> APIError {
        APIError(
            status: .badRequest, code: "unknown_parameter",
            message: "There is no query parameter `\(shortened(name))` here. " + suggestion(for: name, among: known)
        )
    }

    /// A member of a body that the endpoint does not know, with the nearest one that it does.
    static func unknownField(_ name: String, known: [String]) -> APIError {
        APIError(
            status: .badRequest, code: "unknown_field",
            message: "There is no field `\(shortened(name))` here. " + suggestion(for: name, among: known)
        )
    }

    /// A member of a body whose value does not fit.
    static func invalidField(_ name: String, expected: String) -> APIError {
        APIError(status: .badRequest, code: "invalid_field", message: "`\(name)` must be \(expected).")
    }

    /// A request body that is no JSON object.
    static func invalidBody(_ reason: String) -> APIError {
        APIError(
            status: .badRequest, code: "invalid_body",
            message: "The body must be a JSON object: \(reason)."
        )
    }

    static func notFound(_ what: String) -> APIError {
        APIError(status: .notFound, code: "not_found", message: what)
    }

    /// Something broke on our side; the log has the details under the request's id.
    static let internalError = APIError(
        status: .internalServerError, code: "internal_error",
        message: "Something went wrong in the server. Its log has the details under this request id."
    )

    init(_ error: AccessError) {
        self.init(status: .init(code: error.httpStatus), code: error.code, message: error.message)
        if error.httpStatus == 401 { headers[.wwwAuthenticate] = "Bearer" }
    }

    init(_ error: KeyError) {
        let status: HTTPResponse.Status =
            switch error {
            case .invalid, .bootstrap: .badRequest
            case .notFound, .noSubject: .notFound
            case .alreadyRevoked, .lastAdmin, .subjectExists, .subjectInUse: .conflict
            case .noEntropy, .busy: .serviceUnavailable
            }
        self.init(status: status, code: error.code, message: error.message)
        if status == .serviceUnavailable { headers[.retryAfter] = "1" }
    }

    init(_ error: StorageError) {
        // The engine's own words may name files, so they go to the log and not to the caller.
        self.init(
            status: .serviceUnavailable, code: "storage_error",
            message: "The store did not answer. Look at the server's log and disk, then try again."
        )
        headers[.retryAfter] = "5"
    }

    private static func suggestion(for name: String, among known: [String]) -> String {
        if let nearest = NearestName.find(name, in: known) { return "Did you mean `\(nearest)`?" }
        if known.isEmpty { return "This endpoint takes none." }
        return "Known are: \(known.joined(separator: ", "))."
    }

    /// Names come from strangers, so only their start is repeated.
    private static func shortened(_ name: String) -> String { String(name.prefix(60)) }
}
