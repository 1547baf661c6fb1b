import Storage
import Vocabulary

/// The identity of one row of `rollups`; project and environment as numbers of the `names` table.
struct RollupKey: Hashable {
    var project: Int64
    var environment: Int64
    var grain: RollupGrain
    var dimension: RollupDimension
    var bucket: UnixMicroseconds
    var value: String
}

/// Sums up one batch in memory, so that each rollup row is written once a batch and not once a span. Pure.
struct RollupBatch {
    /// One entry a row, at the finest grain of its dimension.
    private var finest: [RollupKey: RollupValues] = [:]

    /// Counts one span under each of its values in each dimension.
    mutating func add(_ span: SpanRecord, project: Int64, environment: Int64) {
        let values = RollupValues(span)
        let minute = RollupGrain.minute.bucket(of: span.timing.startedAt)
        let hour = RollupGrain.hour.bucket(of: span.timing.startedAt)
        for dimension in RollupDimension.allCases {
            let grain = dimension.finestGrain
            for value in dimension.values(of: span) {
                let key = RollupKey(
                    project: project, environment: environment, grain: grain, dimension: dimension,
                    bucket: grain == .minute ? minute : hour, value: value)
                finest[key, default: RollupValues()].add(values)
            }
        }
    }

    /// Everything to add to the stored rows, in all grains.
    func rows() -> [RollupKey: RollupValues] {
        var rows = finest
        for (key, values) in finest {
            for grain in RollupGrain.allCases where grain.width > key.grain.width {
                var coarse = key
                coarse.grain = grain
                coarse.bucket = grain.bucket(of: key.bucket)
                rows[coarse, default: RollupValues()].add(values)
            }
        }
        return rows
    }
}
