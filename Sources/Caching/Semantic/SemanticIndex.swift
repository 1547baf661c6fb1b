import Synchronization

/// Finds stored answers whose question means nearly the same.
///
/// Vectors live in spaces: only requests that differ in nothing but the last thing that the user said are compared, so
/// tenant, route, system prompt, tools and the conversation before are always equal. Bounded by entries and bytes over
/// all spaces; what was used longest ago goes first.
package final class SemanticIndex: Sendable {
    /// A stored answer whose question is near.
    package struct Neighbour: Sendable, Equatable {
        /// The key of the request that was answered.
        package var key: CacheKey
        /// The cosine of both vectors.
        package var similarity: Double
        /// What the user said there.
        package var text: String
    }

    fileprivate struct Entry {
        var key: CacheKey
        var text: String
        var usedAt: UInt64
    }

    fileprivate struct Space {
        var scope: CacheScope
        var rows: VectorRows
        /// In the order of the rows.
        var entries: [Entry] = []
        var usedAt: UInt64 = 0

        func bytes(_ row: Int) -> Int { rows.rowBytes + entries[row].text.utf8.count + 64 }
    }

    fileprivate struct State {
        var spaces: [CacheKey: Space] = [:]
        var count = 0
        var bytes = 0
        /// Counts uses: a clock that never stands still.
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let maximumEntries: Int
    private let maximumBytes: Int

    package init(maximumEntries: Int, maximumBytes: Int) {
        self.maximumEntries = maximumEntries
        self.maximumBytes = maximumBytes
    }

    /// The nearest stored question of a space with at least that similarity.
    package func nearest(to vector: UnitVector, in space: CacheKey, atLeast threshold: Double) -> Neighbour? {
        state.withLock { state in
            guard let found = state.spaces[space]?.rows.nearest(to: vector, atLeast: Float(threshold)) else {
                return nil
            }
            state.uses += 1
            let uses = state.uses
            state.spaces[space]?.usedAt = uses
            state.spaces[space]?.entries[found.row].usedAt = uses
            guard let entry = state.spaces[space]?.entries[found.row] else { return nil }
            return Neighbour(key: entry.key, similarity: Double(min(1, found.similarity)), text: entry.text)
        }
    }

    /// Keeps a vector for an answered request; one that is there already is replaced.
    package func insert(
        _ vector: UnitVector, for key: CacheKey, text: String, in space: CacheKey, of scope: CacheScope
    ) {
        state.withLock { state in
            state.remove(key, in: space)
            // Another model's vectors can't be compared: the space begins anew.
            if let old = state.spaces[space], old.rows.stride != vector.padded.count { state.remove(space) }
            state.uses += 1
            var kept = state.spaces.removeValue(forKey: space) ?? Space(scope: scope, rows: VectorRows(like: vector))
            kept.rows.append(vector)
            kept.entries.append(Entry(key: key, text: text, usedAt: state.uses))
            kept.usedAt = state.uses
            state.count += 1
            state.bytes += kept.bytes(kept.entries.count - 1)
            state.spaces[space] = kept
            while state.count > maximumEntries || state.bytes > maximumBytes, state.count > 1 { state.evict() }
        }
    }

    /// Forgets a request whose answer is gone.
    package func remove(_ key: CacheKey, in space: CacheKey) { state.withLock { $0.remove(key, in: space) } }

    /// Removes the vectors of all scopes that `isMeant` names.
    package func purge(where isMeant: (CacheScope) -> Bool) {
        state.withLock { state in
            let meant = state.spaces.filter { isMeant($0.value.scope) }.map(\.key)
            for space in meant { state.remove(space) }
        }
    }

    /// Vectors and bytes in use.
    package var size: (vectors: Int, bytes: Int) { state.withLock { ($0.count, $0.bytes) } }
}

extension SemanticIndex.State {
    fileprivate mutating func remove(_ key: CacheKey, in space: CacheKey) {
        guard let row = spaces[space]?.entries.firstIndex(where: { $0.key == key }) else { return }
        remove(row: row, in: space)
    }

    fileprivate mutating func remove(_ space: CacheKey) {
        guard let gone = spaces.removeValue(forKey: space) else { return }
        count -= gone.entries.count
        bytes -= gone.entries.indices.reduce(0) { $0 + gone.bytes($1) }
    }

    /// Drops the entry used longest ago of the space used longest ago: not the oldest of all to the last one, but found
    /// without walking every entry.
    fileprivate mutating func evict() {
        guard let oldest = spaces.min(by: { $0.value.usedAt < $1.value.usedAt })?.key,
            let entries = spaces[oldest]?.entries,
            let row = entries.indices.min(by: { entries[$0].usedAt < entries[$1].usedAt })
        else { return }
        remove(row: row, in: oldest)
    }

    private mutating func remove(row: Int, in space: CacheKey) {
        // Taken out while it changes: a copy of its vectors would be megabytes.
        guard var changed = spaces.removeValue(forKey: space) else { return }
        count -= 1
        bytes -= changed.bytes(row)
        changed.rows.remove(row)
        changed.entries.swapAt(row, changed.entries.count - 1)
        changed.entries.removeLast()
        if !changed.entries.isEmpty { spaces[space] = changed }
    }
}
