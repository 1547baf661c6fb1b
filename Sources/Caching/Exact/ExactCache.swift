import Synchronization
package import Vocabulary

/// Answers by the key of their request, shared by all event loops.
///
/// Bounded by bytes: what was used longest ago goes first. Cut into shards, so that loops seldom wait for each other;
/// none holds a lock for longer than a look-up takes.
package final class ExactCache: Sendable {
    /// Eight: twice as many as event loops on most machines, so that two seldom meet.
    private static let shardCount = 8

    private final class Shard: Sendable {
        let table: Mutex<LRUShard>

        init(limit: Int) { table = Mutex(LRUShard(limit: limit)) }
    }

    private let shards: [Shard]

    /// - Parameter maximumBytes: Answers and tables together; an answer that is longer than its shard's part is never
    ///   kept.
    package init(maximumBytes: Int) {
        // A small cache is one shard: an eighth of it would hold no answer of some length.
        let count = maximumBytes >= 64 << 20 ? Self.shardCount : 1
        shards = (0..<count).map { _ in Shard(limit: maximumBytes / count) }
    }

    /// What was found, and how many answers were too old and went.
    package struct Found: Sendable {
        package var answer: StoredAnswer?
        package var expired: Int
    }

    /// - Parameters:
    ///   - ttlSeconds: How old the answer may be.
    ///   - bucket: How many different answers are kept for the request; fewer than that is not found.
    ///   - random: Chooses among them.
    package func find(
        _ key: CacheKey, ttlSeconds: Int64, bucket: Int = 1, now: UnixMicroseconds, random: UInt64 = 0
    ) -> Found {
        let found = shard(key).table.withLock { table in
            table.find(
                key, wanted: max(1, bucket), oldestAllowed: now - ttlSeconds * 1_000_000, now: now, random: random
            )
        }
        switch found {
        case .answer(let answer): return Found(answer: answer, expired: 0)
        case .nothing(let expired): return Found(answer: nil, expired: expired.count)
        }
    }

    /// Keeps an answer. Returns the scopes whose answers had to make room, once for each.
    @discardableResult
    package func store(
        _ answer: StoredAnswer, under key: CacheKey, in scope: CacheScope, bucket: Int = 1, replaces: Bool = false
    ) -> [CacheScope] {
        shard(key).table.withLock {
            $0.store(answer, under: key, in: scope, bucket: max(1, bucket), replaces: replaces)
        }
    }

    /// Removes the answers of all scopes that `isMeant` names. Returns how many requests lost theirs.
    @discardableResult
    package func purge(where isMeant: (CacheScope) -> Bool) -> Int {
        shards.reduce(0) { sum, shard in sum + shard.table.withLock { $0.purge(where: isMeant) } }
    }

    /// Entries and bytes of each scope. Walks the whole table.
    package func sizes() -> [CacheScope: (entries: Int, bytes: Int)] {
        var sizes: [CacheScope: (entries: Int, bytes: Int)] = [:]
        for shard in shards {
            let found = shard.table.withLock { table in
                var all: [(CacheScope, Int)] = []
                all.reserveCapacity(table.count)
                table.forEach { all.append(($0, $1)) }
                return all
            }
            for (scope, bytes) in found {
                let before = sizes[scope] ?? (0, 0)
                sizes[scope] = (before.entries + 1, before.bytes + bytes)
            }
        }
        return sizes
    }

    /// Bytes in use.
    package var bytes: Int { shards.reduce(0) { sum, shard in sum + shard.table.withLock { $0.bytes } } }

    private func shard(_ key: CacheKey) -> Shard { shards[Int(key.id.low % UInt64(shards.count))] }
}
