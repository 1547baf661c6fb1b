import Vocabulary

/// Settled sums without a count of their own.
struct ParkedSums: Sendable {
    private var sums: [MeterKey: [WindowCount]] = [:]

    var count: Int { sums.count }

    subscript(key: MeterKey) -> [WindowCount] { sums[key] ?? [] }

    mutating func park(_ key: MeterKey, _ windows: [WindowCount]) {
        let used = windows.filter { $0.used > 0 }
        if !used.isEmpty { sums[key] = used }
    }

    mutating func take(_ key: MeterKey) -> [WindowCount] {
        sums.isEmpty ? [] : sums.removeValue(forKey: key) ?? []
    }

    mutating func raise(_ key: MeterKey, start: UnixMicroseconds, to used: Int64) {
        guard used > 0 else { return }
        var windows = sums[key] ?? []
        if let at = windows.firstIndex(where: { $0.start == start }) {
            windows[at].used = max(windows[at].used, used)
        } else {
            windows.append(WindowCount(start: start, used: used))
        }
        sums[key] = windows
    }

    /// Drops windows that have ended by `now`. How long a window is stands at the end of its count's name.
    mutating func forgetClosed(at now: UnixMicroseconds) {
        for (key, windows) in sums {
            guard let text = key.counter.split(separator: "/").last, let window = BudgetWindow(String(text)) else {
                continue
            }
            let open = windows.filter { window.span(at: $0.start).end > now }
            sums[key] = open.isEmpty ? nil : open
        }
    }
}
