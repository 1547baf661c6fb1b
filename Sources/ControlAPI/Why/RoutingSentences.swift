/// A routing decision in sentences.
enum RoutingSentences {
    static func of(_ routing: DecisionTrail.Routing) -> [String] {
        var all: [String] = []
        if let first = routing.considered.first(where: { $0.verdict == "chosen" }) {
            let score = first.score.map { ", \($0)" } ?? ""
            all.append("The strategy \(routing.strategy) put \(first.name) first\(score).")
        } else {
            all.append("No target could take the call.")
        }
        all += fallbacks(routing) + reserves(routing) + ruledOut(routing)
        if routing.isBreakerBypassed {
            all.append("Every target was out by its health, so the least bad were tried all the same.")
        }
        if routing.isWindowBypassed {
            all.append("The call seemed too long for every target, so the largest were tried all the same.")
        }
        return all
    }

    private static func fallbacks(_ routing: DecisionTrail.Routing) -> [String] {
        let names = routing.considered.filter { $0.verdict == "fallback" }
            .sorted { ($0.order ?? .max, $0.target) < ($1.order ?? .max, $1.target) }
            .map { candidate in candidate.score.map { "\(candidate.name) (\($0))" } ?? candidate.name }
        return names.isEmpty ? [] : ["Behind it: \(names.joined(separator: ", then "))."]
    }

    private static func reserves(_ routing: DecisionTrail.Routing) -> [String] {
        routing.considered.filter { $0.verdict == "reserve" }.map { candidate in
            "\(candidate.name) was kept for a failure of the kind \(candidate.after ?? "unknown")."
        }
    }

    private static func ruledOut(_ routing: DecisionTrail.Routing) -> [String] {
        routing.considered.filter { $0.verdict == "ruled_out" }.map { candidate in
            "\(candidate.name) was ruled out: \(candidate.detail ?? candidate.reason ?? "no reason was recorded")."
        }
    }
}
