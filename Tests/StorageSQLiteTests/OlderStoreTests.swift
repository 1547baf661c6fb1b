import Foundation
import Storage
import StorageConformance
import StorageSQLite
import Testing
import Vocabulary

/// Stores that an older version left behind. `Fixtures/schema-0004` was written by the version whose last step was
/// `0004-progress` (events) and `0002-settings` (records).
@Suite struct OlderStoreTests {
    @Test func everySpanOfAnOldStoreComesBackAndNewOnesFollow() async throws {
        let folder = try Self.copyOfFixture()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        let page = try await store.spans(SpanQuery(filter: SpanFilter(project: "p1")))
        #expect(page.spans.count == 6)
        for summary in page.spans {
            let span = try #require(try await store.span(summary.span.id, project: "p1"))
            #expect(span.endpoint.hasPrefix("/"))
            #expect(span.receipt?.total == summary.cost)
            #expect(span.charges.isEmpty && span.decision.isEmpty && span.parameterChanges.isEmpty)
            #expect(span.team == nil && span.cache == nil && span.savedCost == nil && span.fallbackIndex == 0)
        }
        try await Self.append(to: store)
        #expect(try await store.count(SpanFilter(project: "p1")) == 46)
        #expect(try await store.statistics().spans == 46)
        #expect(try store.journalPositions() == ["0-1": 4_096])
    }

    @Test func figuresOfAnOldStoreGoOnAndTheNewOnesBegin() async throws {
        let folder = try Self.copyOfFixture()
        defer { folder.remove() }
        let store = try SQLiteEventStore(directory: folder.path)
        let before = try #require(try await store.series(Self.series(.total)).first?.totals)
        #expect(before.calls == 6)
        #expect(before.savedCost == .zero)
        #expect(try await store.series(Self.series(.team)).isEmpty)
        let spans = try await Self.append(to: store)
        let after = try #require(try await store.series(Self.series(.total)).first?.totals)
        #expect(after.calls == 46)
        #expect(after.savedCost == spans.reduce(.zero) { $0 + ($1.savedCost ?? .zero) })
        let teams = try await store.series(Self.series(.team))
        #expect(teams.reduce(0) { $0 + $1.totals.calls } == Int64(spans.count { $0.team != nil }))
        #expect(try await store.ledgerSums(since: 0).isEmpty == false)
    }

    @Test func keysOfAnOldStoreComeBack() async throws {
        let folder = try Self.copyOfFixture()
        defer { folder.remove() }
        let store = try SQLiteRecordStore(directory: folder.path)
        let keys = try await store.keys()
        #expect(keys.map(\.id) == ["key_a", "key_b"])
        #expect(keys.map(\.role) == [.admin, .member])
        #expect(keys[0].secretHash == [UInt8](repeating: 7, count: 32))
        #expect(keys[1].name == "größer 🚂")
        #expect(keys[1].allowedModels == ["gpt-4o-mini", "claude-*"])
        #expect(keys[1].expiresAt == 1_890_000_000_000_000)
        #expect(keys[1].revokedAt == 1_791_000_000_000_000)
        #expect(try await store.setting("access.key_salt") == Array(0..<16))
    }

    @discardableResult
    private static func append(to store: SQLiteEventStore) async throws -> [SpanRecord] {
        var sample = SampleSpans(seed: 78, from: 1_791_000_000_000_000)
        let spans = (0..<40).map { _ in sample.span() }
        try store.append(EventBatch(spans: spans))
        return spans
    }

    private static func series(_ dimension: RollupDimension) -> SeriesQuery {
        SeriesQuery(project: "p1", from: 0, to: .max, grain: .day, dimension: dimension)
    }

    private static func copyOfFixture() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Fixtures/schema-0004")
        for name in ["events.sqlite", "records.sqlite"] {
            try folder.write(try Data(contentsOf: fixtures.appendingPathComponent(name)), to: name)
        }
        return folder
    }
}
