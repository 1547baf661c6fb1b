/// Walks through a plan: which step comes next, without doing any.
struct Playback {
    let plan: AnswerPlan
    /// Whether the connection stays open after the answer.
    let keepsAlive: Bool
    private var position = 0

    init(_ plan: AnswerPlan, keepsAlive: Bool) {
        self.plan = plan
        self.keepsAlive = keepsAlive
    }

    /// The next step; a jump is followed. A plan that runs out is at its end.
    mutating func next() -> AnswerPlan.Step {
        guard position < plan.steps.count else { return .end }
        if case .jump(let target) = plan.steps[position] { position = target }
        defer { position += 1 }
        return plan.steps[position]
    }
}
