import Runtime
import Storage
import Vocabulary

/// What keys, users, teams and customers have spent, from the rollups.
struct Spend: Sendable {
    let services: DoorServices
    let project: ProjectID

    /// Groups of one answer at most: more keys than this have no place in one JSON document.
    private static let mostGroups = 10_000

    /// Sums over all time, or from `from` on, by value of a dimension.
    func totals(
        _ dimension: RollupDimension, value: String? = nil, from: UnixMicroseconds = 0, to: UnixMicroseconds? = nil
    ) async throws -> [String: RollupValues] {
        let query = SeriesQuery(
            project: project, from: from, to: to ?? services.time.now() + 60_000_000, grain: .day, dimension: dimension,
            value: value, limit: Self.mostGroups)
        let groups = try await services.events.series(query)
        return Dictionary(groups.map { ($0.value, $0.totals) }, uniquingKeysWith: { first, _ in first })
    }

    /// The cost of one value; zero where it never spent.
    func cost(_ dimension: RollupDimension, _ value: String, from: UnixMicroseconds = 0) async throws -> Money {
        try await totals(dimension, value: value, from: from)[value]?.cost ?? .zero
    }
}
