import Vocabulary

/// One part of the table of answers: a dictionary, and a list through its entries in the order of their last use.
struct LRUShard {
    private struct Entry {
        var key: CacheKey
        var scope: CacheScope
        /// Different answers to the same request, oldest first; never empty.
        var answers: [StoredAnswer]
        var footprint: Int
        /// Neighbours in the list of use, by their places in `entries`; -1 for none.
        var newer = -1
        var older = -1
    }

    /// What was found under a key.
    enum Found {
        case answer(StoredAnswer)
        /// Nothing that may be given, and `expired` answers that were too old.
        case nothing(expired: [CacheScope])
    }

    private let limit: Int
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var places: [CacheKey: Int] = [:]
    private var newest = -1
    private var oldest = -1
    private(set) var bytes = 0

    init(limit: Int) { self.limit = limit }

    var count: Int { places.count }

    /// - Parameters:
    ///   - oldestAllowed: An answer that was stored before is left alone: a later caller may allow it.
    ///   - wanted: As many different answers are to be kept before one of them is given.
    mutating func find(
        _ key: CacheKey, wanted: Int, oldestAllowed: UnixMicroseconds, now: UnixMicroseconds, random: UInt64
    ) -> Found {
        guard let place = places[key], var entry = entries[place] else { return .nothing(expired: []) }
        let before = entry.answers.count
        entry.answers.removeAll { $0.expiresAt <= now }
        let expired = [CacheScope](repeating: entry.scope, count: before - entry.answers.count)
        guard !entry.answers.isEmpty else {
            remove(place)
            return .nothing(expired: expired)
        }
        if !expired.isEmpty { replace(entry, at: place) }
        let fresh = entry.answers.filter { $0.storedAt >= oldestAllowed }
        guard fresh.count >= wanted else { return .nothing(expired: expired) }
        touch(place)
        return .answer(fresh[Int(random % UInt64(fresh.count))])
    }

    /// Keeps an answer, and makes room for it. Returns whose entries had to go.
    mutating func store(
        _ answer: StoredAnswer, under key: CacheKey, in scope: CacheScope, bucket: Int, replaces: Bool
    ) -> [CacheScope] {
        guard answer.footprint <= limit else { return [] }
        if let place = places[key], var entry = entries[place] {
            if replaces || bucket <= 1 { entry.answers.removeAll() }
            if entry.answers.count >= bucket { entry.answers.removeFirst(entry.answers.count - bucket + 1) }
            entry.answers.append(answer)
            replace(entry, at: place)
            touch(place)
        } else {
            insert(Entry(key: key, scope: scope, answers: [answer], footprint: answer.footprint))
        }
        return makeRoom()
    }

    /// Removes what `isMeant` says. Returns how many requests lost their answers.
    mutating func purge(where isMeant: (CacheScope) -> Bool) -> Int {
        let meant = entries.indices.filter { place in entries[place].map { isMeant($0.scope) } ?? false }
        for place in meant { remove(place) }
        return meant.count
    }

    /// Calls `body` with each entry's scope and size.
    func forEach(_ body: (CacheScope, Int) -> Void) {
        for case let entry? in entries { body(entry.scope, entry.footprint) }
    }

    // MARK: The list of use

    private mutating func makeRoom() -> [CacheScope] {
        var evicted: [CacheScope] = []
        while bytes > limit, oldest >= 0, oldest != newest, let entry = entries[oldest] {
            evicted.append(entry.scope)
            remove(oldest)
        }
        // One request with many answers alone can be too much.
        if bytes > limit, newest >= 0, var entry = entries[newest] {
            let last = entry.answers.suffix(1)
            entry.answers = Array(last)
            replace(entry, at: newest)
        }
        return evicted
    }

    private mutating func insert(_ entry: Entry) {
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        places[entry.key] = place
        bytes += entry.footprint
        link(place)
    }

    private mutating func replace(_ entry: Entry, at place: Int) {
        var entry = entry
        bytes -= entry.footprint
        entry.footprint = entry.answers.reduce(0) { $0 + $1.footprint }
        bytes += entry.footprint
        entries[place] = entry
    }

    private mutating func remove(_ place: Int) {
        guard let entry = entries[place] else { return }
        unlink(place)
        entries[place] = nil
        places[entry.key] = nil
        bytes -= entry.footprint
        free.append(place)
    }

    private mutating func touch(_ place: Int) {
        guard newest != place else { return }
        unlink(place)
        link(place)
    }

    private mutating func link(_ place: Int) {
        entries[place]?.newer = -1
        entries[place]?.older = newest
        if newest >= 0 { entries[newest]?.newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        guard let entry = entries[place] else { return }
        if entry.newer >= 0 { entries[entry.newer]?.older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[entry.older]?.newer = entry.newer } else { oldest = entry.newer }
    }
}
