import Vocabulary

/// What one window holds.
struct WindowCount: Sendable, Equatable {
    var start: UnixMicroseconds
    /// Settled.
    var used: Int64 = 0
    /// Held by open calls.
    var reserved: Int64 = 0
    /// Open calls that hold something here, be it zero.
    var holds: Int32 = 0
}

/// The windows of one budget.
///
/// A clock may be set back, and a call may end long after its window: so past windows stay for a while, found by their
/// start. The current one comes first, then the others by when they were last current.
struct BudgetCount: Sendable {
    /// How many windows that nobody holds are kept beside the current one.
    static let keptWindows = 7

    let window: BudgetWindow
    private(set) var windows: [WindowCount]
    /// Of `windows[0]`; empty before the first `roll`.
    private var span = WindowSpan(start: .max, end: .min)

    init(window: BudgetWindow, windows: [WindowCount] = []) {
        self.window = window
        self.windows = windows
    }

    /// Makes the window of `now` the current one.
    mutating func roll(to now: UnixMicroseconds) {
        if span.start <= now, now < span.end { return }
        span = window.span(at: now)
        if windows.first?.start == span.start { return }
        bringToFront(span.start)
        forgetOldest()
    }

    /// The current window; `roll` comes first.
    var current: WindowCount { windows[0] }
    var end: UnixMicroseconds? { span.end == .max ? nil : span.end }

    /// The window of `now`, without rolling.
    func count(at now: UnixMicroseconds) -> (count: WindowCount, span: WindowSpan) {
        let span = window.span(at: now)
        return (windows.first { $0.start == span.start } ?? WindowCount(start: span.start), span)
    }

    /// Holds `amount` in the current window.
    mutating func hold(_ amount: Int64) {
        windows[0].reserved += amount
        windows[0].holds += 1
    }

    /// Ends a hold. What was settled comes in its place, in the window where the call began.
    ///
    /// - Returns: What the window had settled before.
    mutating func close(start: UnixMicroseconds, held: Int64, settled: Int64) -> Int64 {
        guard let at = windows.firstIndex(where: { $0.start == start }) else { return 0 }
        windows[at].reserved -= held
        windows[at].holds -= 1
        let before = windows[at].used
        windows[at].used = before.addingOrMax(settled)
        return before
    }

    /// Takes over what a store has settled. Never lowers a count: a store can be behind, not ahead.
    mutating func raise(start: UnixMicroseconds, to used: Int64) {
        if let at = windows.firstIndex(where: { $0.start == start }) {
            windows[at].used = max(windows[at].used, used)
        } else {
            windows.append(WindowCount(start: start, used: used))
        }
    }

    private mutating func bringToFront(_ start: UnixMicroseconds) {
        let found = windows.firstIndex { $0.start == start }
        let count = found.map { windows.remove(at: $0) } ?? WindowCount(start: start)
        windows.insert(count, at: 0)
    }

    private mutating func forgetOldest() {
        guard windows.count > 1 else { return }
        var kept = 0
        let rest = windows.dropFirst().filter { count in
            if count.holds > 0 { return true }
            guard count.used > 0, kept < Self.keptWindows else { return false }
            kept += 1
            return true
        }
        windows.replaceSubrange(1..., with: rest)
    }
}
