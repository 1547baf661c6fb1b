import Foundation
import Storage
import StorageSQLite
import Testing
import Vocabulary

/// Measures the store; prints a table and checks nothing but that every span arrived.
///
/// Enabled by `SIGNALBOX_STORE_BENCH=1`. `SIGNALBOX_STORE_BENCH_SPANS` (default 300000), `_BATCH` (1000) and `_USERS`
/// (3) set the load; `_PATH` names a folder that is kept, so that a second run measures opening a large store.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SIGNALBOX_STORE_BENCH"] == "1"), .serialized)
struct StoreBenchmark {
    private static func setting(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["SIGNALBOX_STORE_BENCH_\(name)"]
    }

    @Test func table() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = Self.setting("PATH") ?? folder.path
        let clock = ContinuousClock()
        let opening = clock.now
        let store = try SQLiteEventStore(directory: path)
        row("open", clock.now - opening)
        let before = try await store.statistics()
        let count = Int(Self.setting("SPANS") ?? "") ?? 300_000
        try append(count, after: before.spans, to: store)
        let after = try await store.statistics()
        #expect(after.spans == before.spans + count)
        print("spans \(after.spans), bytes a span \(after.diskBytes / Int64(max(1, after.spans)))")
        try await read(store, end: traffic(after: after.spans).now)
        let closing = clock.now
        try store.close()
        row("close", clock.now - closing)
    }

    private func traffic(after spans: Int) -> SampleTraffic {
        var traffic = SampleTraffic(seed: UInt64(spans) + 7)
        traffic.now += Int64(spans) * traffic.step
        traffic.users = Int(Self.setting("USERS") ?? "") ?? 3
        return traffic
    }

    private func append(_ count: Int, after stored: Int, to store: SQLiteEventStore) throws {
        var traffic = traffic(after: stored)
        let clock = ContinuousClock()
        var wall = Duration.zero
        var worst = Duration.zero
        var processor: Int64 = 0
        var rest = count
        while rest > 0 {
            let batch = traffic.batch(min(rest, Int(Self.setting("BATCH") ?? "") ?? 1_000))
            let (start, used) = (clock.now, processorMicroseconds())
            try store.append(batch)
            let took = clock.now - start
            processor += processorMicroseconds() - used
            wall += took
            worst = max(worst, took)
            rest -= batch.spans.count
        }
        guard count > 0 else { return }
        row("append, wall time a span", wall / count)
        row("append, processor time a span", .microseconds(processor) / count)
        row("append, longest batch", worst)
    }

    private func read(_ store: SQLiteEventStore, end: UnixMicroseconds) async throws {
        let all = SpanFilter(project: "default")
        func filter(_ set: (inout SpanFilter) -> Void) -> SpanQuery {
            var filter = all
            set(&filter)
            return SpanQuery(filter: filter)
        }
        let queries = [
            ("newest 50", SpanQuery(filter: all)), ("newest 1000", SpanQuery(filter: all, limit: 1_000)),
            ("a user's 50", filter { $0.user = "user-1" }), ("50 errors", filter { $0.outcome = .error }),
            ("a trace (none)", filter { $0.traceID = TraceID(high: 0, low: 0) }),
            ("last second's 50", filter { $0.from = end - 1_000_000 }),
            ("no index and no match", filter { $0.minimumCost = Money(nanodollars: .max) }),
        ]
        for (name, query) in queries {
            try await median(name) { _ = try await store.spans(query) }
        }
        try await median("count all") { _ = try await store.count(all) }
        for grain in RollupGrain.allCases {
            let query = SeriesQuery(project: "default", from: 0, to: end, grain: grain, dimension: .model)
            try await median("series by \(grain)") { _ = try await store.series(query) }
        }
    }

    private func median(_ name: String, _ body: () async throws -> Void) async throws {
        var times: [Duration] = []
        for _ in 0..<7 { times.append(try await ContinuousClock().measure(body)) }
        row(name, times.sorted()[3])
    }

    private func row(_ name: String, _ time: Duration) {
        let microseconds = Double(time.components.seconds) * 1e6 + Double(time.components.attoseconds) / 1e12
        print(name.padding(toLength: 32, withPad: " ", startingAt: 0), String(format: "%12.1f us", microseconds))
    }

    /// User and system time of the whole process, in microseconds.
    private func processorMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
