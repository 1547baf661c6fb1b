import NIOHTTP1

/// Keys, who they belong to, and what may be spent.
extension SignalboxClient {
    /// Changes a key that is not revoked.
    public func updateKey(_ id: String, _ changes: KeyChanges) async throws(SignalboxError) -> APIKey {
        try await value(Self.updateCall(id, changes))
    }

    /// Gives a key a new secret, which works at once. The answer is the only place where it is shown.
    ///
    /// - Parameter graceSeconds: How long the old secret goes on working; `nil` is a day.
    public func rotateKey(_ id: String, graceSeconds: Int? = nil) async throws(SignalboxError) -> CreatedKey {
        try await value(Self.rotateCall(id, graceSeconds: graceSeconds))
    }

    /// Refuses a key's calls until it is unblocked.
    public func blockKey(_ id: String) async throws(SignalboxError) -> APIKey {
        try await value(Self.blockCall(id, isBlocked: true))
    }

    /// Lets a blocked key call again.
    public func unblockKey(_ id: String) async throws(SignalboxError) -> APIKey {
        try await value(Self.blockCall(id, isBlocked: false))
    }

    /// All of one kind, by id.
    public func subjects(_ kind: SubjectKind) async throws(SignalboxError) -> [Subject] {
        try await all(Self.subjectsCall(kind))
    }

    /// One of them. Throws an error of status 404 where there is none.
    public func subject(_ kind: SubjectKind, _ id: String) async throws(SignalboxError) -> Subject {
        try await value(APICall(.GET, Self.path(kind, id)))
    }

    /// Makes one; without an id, one is made.
    public func createSubject(
        _ kind: SubjectKind, id: String? = nil, _ changes: SubjectChanges = SubjectChanges()
    ) async throws(SignalboxError) -> Subject {
        try await value(Self.createCall(kind, id: id, changes))
    }

    /// Changes one.
    public func updateSubject(
        _ kind: SubjectKind, _ id: String, _ changes: SubjectChanges
    ) async throws(SignalboxError) -> Subject {
        try await value(Self.updateCall(kind, id, changes))
    }

    /// Removes one to whom nothing belongs.
    public func deleteSubject(_ kind: SubjectKind, _ id: String) async throws(SignalboxError) {
        _ = try await bytes(APICall(.DELETE, Self.path(kind, id)))
    }

    /// Every team of the key's project.
    public func teams() async throws(SignalboxError) -> [Subject] { try await subjects(.teams) }

    /// Every user of the key's project.
    public func users() async throws(SignalboxError) -> [Subject] { try await subjects(.users) }

    /// Every end customer of the key's project that has a record.
    public func customers() async throws(SignalboxError) -> [Subject] { try await subjects(.customers) }

    /// How full rules are.
    public func budgets(_ query: BudgetQuery = BudgetQuery()) async throws(SignalboxError) -> [BudgetState] {
        try await all(Self.budgetsCall(query))
    }

    /// What the windows of budgets used.
    ///
    /// - Parameters:
    ///   - from: RFC 3339, or milliseconds since 1970; `nil` is 90 days before `to`.
    ///   - to: Written like `from`, not included; `nil` is now.
    public func budgetHistory(
        _ query: BudgetQuery = BudgetQuery(), from: String? = nil, to: String? = nil
    ) async throws(SignalboxError) -> [BudgetHistory] {
        try await all(Self.budgetHistoryCall(query, from: from, to: to))
    }
}

extension SignalboxClient {
    /// The call of ``updateKey(_:_:)``.
    package static func updateCall(_ id: String, _ changes: KeyChanges) throws(SignalboxError) -> APICall {
        APICall(.PATCH, "/keys/\(percentEncoded(id))", body: try encode(changes))
    }

    /// The call of ``rotateKey(_:graceSeconds:)``.
    package static func rotateCall(_ id: String, graceSeconds: Int?) throws(SignalboxError) -> APICall {
        let body = try encode(graceSeconds.map { ["grace_seconds": $0] } ?? [:])
        return APICall(.POST, "/keys/\(percentEncoded(id))/rotate", body: body)
    }

    /// The call of ``blockKey(_:)`` and ``unblockKey(_:)``.
    package static func blockCall(_ id: String, isBlocked: Bool) -> APICall {
        APICall(.POST, "/keys/\(percentEncoded(id))/\(isBlocked ? "block" : "unblock")")
    }

    /// The call of ``subjects(_:)``. A thousand is the most a list gives at once.
    package static func subjectsCall(_ kind: SubjectKind) -> APICall {
        APICall(.GET, "/\(kind.rawValue)", query: [QueryItem("limit", "1000")])
    }

    /// The call of ``createSubject(_:id:_:)``.
    package static func createCall(
        _ kind: SubjectKind, id: String?, _ changes: SubjectChanges
    ) throws(SignalboxError) -> APICall {
        APICall(.POST, "/\(kind.rawValue)", body: try encode(NewSubject(id: id, changes: changes)))
    }

    /// The call of ``updateSubject(_:_:_:)``.
    package static func updateCall(
        _ kind: SubjectKind, _ id: String, _ changes: SubjectChanges
    ) throws(SignalboxError) -> APICall {
        APICall(.PATCH, path(kind, id), body: try encode(changes))
    }

    /// The call of ``budgets(_:)``.
    package static func budgetsCall(_ query: BudgetQuery) -> APICall { APICall(.GET, "/budgets", query: query.items) }

    /// The call of ``budgetHistory(_:from:to:)``.
    package static func budgetHistoryCall(_ query: BudgetQuery, from: String?, to: String?) -> APICall {
        let range = [("from", from), ("to", to)].compactMap { name, value in value.map { QueryItem(name, $0) } }
        return APICall(.GET, "/budgets/history", query: query.items + range)
    }

    private static func path(_ kind: SubjectKind, _ id: String) -> String {
        "/\(kind.rawValue)/\(percentEncoded(id))"
    }
}
