package import Vocabulary

/// What every adapter counts a span under.
extension RollupDimension {
    /// The span's values in this dimension; none where it has none, so that no row is made for it.
    ///
    /// `error` is the error code; `ok` for successes, and the outcome's name where a failure carries no code.
    /// A repeated tag counts once.
    package func values(of span: SpanRecord) -> [String] {
        switch self {
        case .total: [""]
        case .model: present(span.requestModel)
        case .provider: present(span.provider)
        case .key: present(span.keyID)
        case .user: present(span.user)
        case .feature: present(span.feature)
        case .tag: span.tags.count < 2 ? span.tags : span.tags.uniqued()
        case .error: [span.errorCode ?? span.outcome.rawValue]
        case .team: present(span.team)
        case .customer: present(span.customer)
        case .route: present(span.route)
        case .cache: present(span.cache?.rawValue)
        }
    }

    /// The finest grain that is kept. Users, customers, features and tags can be many thousands, and of teams, routes
    /// and the cache nobody needs minutes, so they have no minute rows: a series that asks for minutes gets hours.
    package var finestGrain: RollupGrain {
        switch self {
        case .total, .model, .provider, .key, .error: .minute
        case .user, .feature, .tag, .team, .customer, .route, .cache: .hour
        }
    }
}

extension RollupGrain {
    /// The start of the bucket that holds the moment, also before 1970.
    package func bucket(of moment: UnixMicroseconds) -> UnixMicroseconds {
        let rest = moment % width
        return moment - (rest < 0 ? rest + width : rest)
    }
}

private func present(_ value: String?) -> [String] {
    guard let value, !value.isEmpty else { return [] }
    return [value]
}

extension [String] {
    /// The elements in their order, each once.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
