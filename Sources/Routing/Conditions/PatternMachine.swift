/// Runs a pattern as a non-deterministic machine, all states at once: steps times characters is the most it costs.
///
/// K. Thompson, "Regular Expression Search Algorithm", CACM 1968.
struct PatternMachine: Sendable {
    enum Step: Sendable {
        case character(CharacterRanges)
        case assertion(PatternAssertion)
        /// Goes on at both.
        case split(Int, Int)
        case jump(Int)
        case found
    }

    fileprivate(set) var steps: [Step] = []

    func isFound(in text: [UInt32]) -> Bool {
        var states = States(count: steps.count)
        var next = States(count: steps.count)
        for position in 0...text.count {
            // A match may begin at every place.
            if add(0, position, text, to: &states) { return true }
            guard position < text.count else { return false }
            next.clear()
            for state in states.list {
                guard case .character(let ranges) = steps[state], ranges.contains(text[position]) else { continue }
                if add(state + 1, position + 1, text, to: &next) { return true }
            }
            swap(&states, &next)
        }
        return false
    }

    /// Adds a state and all that it leads to without a character; true where the end of the pattern is among them.
    private func add(_ first: Int, _ position: Int, _ text: [UInt32], to states: inout States) -> Bool {
        var open = [first]
        while let state = open.popLast() {
            guard states.insert(state) else { continue }
            switch steps[state] {
            case .found: return true
            case .jump(let target): open.append(target)
            case .split(let a, let b):
                open.append(b)
                open.append(a)
            case .assertion(let assertion): if assertion.holds(text, position) { open.append(state + 1) }
            case .character: break
            }
        }
        return false
    }

    /// A set of states that remembers its order.
    private struct States {
        var list: [Int] = []
        private var isIn: [Bool]

        init(count: Int) { isIn = Array(repeating: false, count: count) }

        mutating func insert(_ state: Int) -> Bool {
            if isIn[state] { return false }
            isIn[state] = true
            list.append(state)
            return true
        }

        mutating func clear() {
            for state in list { isIn[state] = false }
            list.removeAll(keepingCapacity: true)
        }
    }
}

/// Writes the machine of a pattern.
struct PatternCompiler {
    /// With 4,096 characters this is some four million steps for the worst pattern.
    static let mostSteps = 1000

    /// Empty groups write no step, so their repeats are counted by themselves.
    private static let mostNodes = 20_000

    private var machine = PatternMachine()
    private var nodes = 0
    private let ignoresCase: Bool
    private let path: String

    static func machine(
        _ node: PatternNode, ignoresCase: Bool, at path: String
    ) throws(RouteFault) -> PatternMachine {
        var compiler = PatternCompiler(ignoresCase: ignoresCase, path: path)
        try compiler.write(node)
        try compiler.append(.found)
        return compiler.machine
    }

    private init(ignoresCase: Bool, path: String) {
        self.ignoresCase = ignoresCase
        self.path = path
    }

    private mutating func append(_ step: PatternMachine.Step) throws(RouteFault) {
        guard machine.steps.count < Self.mostSteps else {
            throw RouteFault(at: path, "The pattern needs more than \(Self.mostSteps) steps. Lower its counts.")
        }
        machine.steps.append(step)
    }

    private mutating func write(_ node: PatternNode) throws(RouteFault) {
        nodes += 1
        guard nodes <= Self.mostNodes else {
            throw RouteFault(at: path, "The pattern repeats too much. Lower its counts.")
        }
        switch node {
        case .characters(let ranges): try append(.character(ignoresCase ? ranges.ignoringCase : ranges))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .sequence(let parts): for part in parts { try write(part) }
        case .alternation(let branches): try write(branches)
        case .repetition(let inner, let least, let most): try write(inner, least, most)
        }
    }

    private mutating func write(_ branches: [PatternNode]) throws(RouteFault) {
        var ends: [Int] = []
        for (place, branch) in branches.enumerated() {
            let isLast = place == branches.count - 1
            let split = machine.steps.count
            if !isLast { try append(.jump(0)) }
            try write(branch)
            if isLast { break }
            ends.append(machine.steps.count)
            try append(.jump(0))
            machine.steps[split] = .split(split + 1, machine.steps.count)
        }
        for end in ends { machine.steps[end] = .jump(machine.steps.count) }
    }

    private mutating func write(_ inner: PatternNode, _ least: Int, _ most: Int?) throws(RouteFault) {
        for _ in 0..<least { try write(inner) }
        guard let most else {
            let split = machine.steps.count
            try append(.jump(0))
            try write(inner)
            try append(.jump(split))
            machine.steps[split] = .split(split + 1, machine.steps.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(least, most) {
            splits.append(machine.steps.count)
            try append(.jump(0))
            try write(inner)
        }
        for split in splits { machine.steps[split] = .split(split + 1, machine.steps.count) }
    }
}
