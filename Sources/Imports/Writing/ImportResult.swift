/// What became of a file.
package struct ImportResult: Sendable, Equatable {
    /// A whole `signalbox.yaml`.
    package var yaml: String
    /// What the file can't hold: keys and budgets, as calls of the control API, to be made once the server runs.
    package var requests: [ImportRequest]
    /// What was left out or changed, and why.
    package var notes: [ImportNote]
    /// Environment variables that the configuration refers to, sorted.
    package var variables: [String]

    /// The notes and requests for people, one item a line.
    package var report: String {
        var lines = [
            "\(notes.count(where: { $0.kind == .lost })) left out, \(notes.count { $0.kind == .changed }) changed"
        ]
        for kind in ImportNote.Kind.allCases {
            let found = notes.filter { $0.kind == kind }
            guard !found.isEmpty else { continue }
            lines += ["", "\(kind.title):"] + found.map { "  \($0.place): \($0.message)" }
        }
        if !requests.isEmpty {
            lines += ["", "Once the server runs:"] + requests.map { "  \($0.method) \($0.path) \($0.body)" }
        }
        if !variables.isEmpty { lines += ["", "Set in the environment: " + variables.joined(separator: ", ")] }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// One remark about the file that was read.
package struct ImportNote: Sendable, Equatable {
    /// What the remark means.
    package enum Kind: String, Sendable, CaseIterable {
        /// Could not be taken over.
        case lost
        /// Taken over, but works differently.
        case changed
        /// To be done by hand.
        case todo

        var title: String {
            switch self {
            case .lost: "Left out"
            case .changed: "Different from before"
            case .todo: "By hand"
            }
        }
    }

    package var kind: Kind
    /// Where in the file, for example `model_list[2].litellm_params.rpm`.
    package var place: String
    package var message: String
}

/// A call of the control API.
package struct ImportRequest: Sendable, Equatable {
    package var method: String
    package var path: String
    /// JSON.
    package var body: String
}
