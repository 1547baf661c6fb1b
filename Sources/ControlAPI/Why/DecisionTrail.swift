import Bytes

/// What the data plane wrote down about a call's way, read back. Whatever does not fit is left out: records outlive
/// the version that wrote them.
struct DecisionTrail: Equatable {
    /// What the router decided; `nil` for calls of plain models.
    struct Routing: Equatable {
        var strategy: String
        var isBreakerBypassed: Bool
        var isWindowBypassed: Bool
        /// Places of targets in the order they were to be tried.
        var attempts: [Int64]
        var considered: [Candidate]
    }

    /// One target and what became of it.
    struct Candidate: Equatable {
        var target: Int64
        var name: String
        /// `chosen`, `fallback`, `reserve` or `ruled_out`.
        var verdict: String
        var order: Int64?
        /// The kind of failure after which a reserve is tried.
        var after: String?
        /// A code, for what was ruled out, and the same in words.
        var reason: String?
        var detail: String?
        /// What its group compared, in words.
        var score: String?
    }

    /// One attempt that did not answer. Times are microseconds after the call began.
    struct Attempt: Equatable {
        var target: String
        var started: Int64
        var ended: Int64
        var error: String?
        var message: String?
        var isHedge: Bool
    }

    /// A soft rule that was passed.
    struct Notice: Equatable {
        var subject: String
        var rule: String
        var mode: String
        var message: String
    }

    var routing: Routing?
    var attempts: [Attempt] = []
    var answeredBy: String?
    var wasContinued = false
    var notices: [Notice] = []

    /// - Parameter json: `SpanRecord.decision`; empty, or damaged, gives a trail of nothing.
    init(_ json: [UInt8]) {
        json.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes) else { return }
            read(root)
        }
    }

    private mutating func read(_ root: JSONView) {
        for (key, value) in root.members {
            switch key {
            case "routing": routing = value.kind == .object ? Routing(value) : nil
            case "attempts": attempts = value.elements.map { Attempt($0) }
            case "answered_by": answeredBy = value.string
            case "continued": wasContinued = value.bool ?? false
            case "notices": notices = value.elements.map { Notice($0) }
            default: break
            }
        }
    }
}

extension DecisionTrail.Routing {
    init(_ view: JSONView) {
        strategy = view["strategy"]?.string ?? ""
        isBreakerBypassed = view["breaker_bypassed"]?.bool ?? false
        isWindowBypassed = view["window_bypassed"]?.bool ?? false
        attempts = view["attempts"].map { $0.elements.compactMap(\.int64) } ?? []
        considered = view["considered"].map { $0.elements.map { DecisionTrail.Candidate($0) } } ?? []
    }
}

extension DecisionTrail.Candidate {
    init(_ view: JSONView) {
        target = view["target"]?.int64 ?? 0
        name = view["name"]?.string ?? ""
        verdict = view["verdict"]?.string ?? ""
        order = view["order"]?.int64
        after = view["after"]?.string
        reason = view["reason"]?.string
        detail = view["detail"]?.string
        score = view["score"]?.string
    }
}

extension DecisionTrail.Attempt {
    init(_ view: JSONView) {
        target = view["target"]?.string ?? ""
        started = view["started_us"]?.int64 ?? 0
        ended = view["ended_us"]?.int64 ?? 0
        error = view["error"]?.string
        message = view["message"]?.string
        isHedge = view["hedge"]?.bool ?? false
    }
}

extension DecisionTrail.Notice {
    init(_ view: JSONView) {
        subject = view["subject"]?.string ?? ""
        rule = view["rule"]?.string ?? ""
        mode = view["mode"]?.string ?? ""
        message = view["message"]?.string ?? ""
    }
}
