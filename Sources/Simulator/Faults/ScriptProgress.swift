/// Counts a script's matches, so that each rule is consumed in the order in which requests arrive.
struct ScriptProgress: Sendable {
    private var script: SimulatorScript
    private var matches: [Int]

    init(_ script: SimulatorScript) {
        self.script = script
        matches = Array(repeating: 0, count: script.rules.count)
    }

    /// The fault for the next request, `nil` if no rule applies. Every rule that matches counts it.
    mutating func fault(path: String, model: String) -> String? {
        var fault: String?
        for (index, rule) in script.rules.enumerated() {
            guard rule.path ?? path == path, rule.model ?? model == model else { continue }
            matches[index] += 1
            let isTurn = rule.nth ?? matches[index] == matches[index] && matches[index] % max(1, rule.every ?? 1) == 0
            if fault == nil, isTurn { fault = rule.fault }
        }
        return fault
    }

    /// Starts the script again.
    mutating func reset() { self = ScriptProgress(script) }
}
