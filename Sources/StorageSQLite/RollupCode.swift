import Storage

/// The stored numbers of grains and dimensions. Never change one: they are in people's files.
enum RollupCode {
    static func code(of grain: RollupGrain) -> Int64 {
        switch grain {
        case .minute: 1
        case .hour: 2
        case .day: 3
        }
    }

    static func code(of dimension: RollupDimension) -> Int64 {
        switch dimension {
        case .total: 1
        case .model: 2
        case .provider: 3
        case .key: 4
        case .user: 5
        case .feature: 6
        case .tag: 7
        case .error: 8
        case .team: 9
        case .customer: 10
        case .route: 11
        case .cache: 12
        }
    }
}
