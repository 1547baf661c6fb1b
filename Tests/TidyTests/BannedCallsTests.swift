import Testing

/// Calls that have bitten others, each with what to use instead.
@Suite struct BannedCalls {
    private struct Ban: Sendable {
        let call: String
        let instead: String
        /// Targets where it is right.
        var except: Set<String> = []
    }

    private static let bans = [
        Ban(call: "Task.detached", instead: "a structured child task or a WorkerThread"),
        Ban(call: " Task {", instead: "a structured task group or a service", except: ["ControlAPI"]),
        Ban(call: "DispatchQueue", instead: "WorkerThread"),
        Ban(call: "DispatchSemaphore", instead: "a continuation or WorkerThread.join"),
        Ban(call: "Thread.sleep", instead: "an event loop's timer or the clock that is passed in"),
        Ban(call: "usleep(", instead: "a timed wait that can be woken"),
        Ban(call: " Date()", instead: "TimeSource.now()"),
        Ban(call: " UUID()", instead: "UUIDv7Generator"),
        Ban(call: "print(", instead: "Logger, or Console in the command line"),
        Ban(call: "try!", instead: "a thrown error that says what to do"),
        Ban(call: "URLSession", instead: "AsyncHTTPClient"),
        Ban(call: "DateFormatter", instead: "RFC3339, which is integers only (ICU is 45 MB)"),
        Ban(call: "NumberFormatter", instead: "integer arithmetic (ICU is 45 MB)"),
        Ban(call: "JSONDecoder", instead: "Bytes.JSONView", except: ["SignalboxClient", "ControlAPI", "CommandLine"]),
        Ban(call: "JSONEncoder", instead: "Bytes.JSONWriter", except: ["SignalboxClient", "ControlAPI", "CommandLine"]),
        Ban(call: "fatalError(", instead: "a thrown error, or preconditionFailure with what the caller must do"),
    ]

    @Test(arguments: SourceTree.files)
    func areNotMade(file: SourceFile) {
        for (index, line) in file.lines.enumerated() where !Self.isComment(line) {
            for ban in Self.bans where line.contains(ban.call) && !ban.except.contains(file.target) {
                // `.print(` and the like are other functions of the same ending.
                if ban.call == "print(", !line.contains(" print("), !line.hasPrefix("print(") { continue }
                Issue.record("\(file.path):\(index + 1) uses \(ban.call): use \(ban.instead)")
            }
        }
    }

    @Test(arguments: SourceTree.files)
    func uncheckedSendableSaysWhy(file: SourceFile) {
        for (index, line) in file.lines.enumerated() where line.contains("@unchecked Sendable") && !Self.isComment(line) {
            let before = file.lines[max(0, index - 14)..<index].joined(separator: " ").lowercased()
            #expect(
                ["sendable", "lock", "loop", "thread", "immutable"].contains { before.contains($0) },
                "\(file.path):\(index + 1): say which lock, loop or thread makes it safe"
            )
        }
    }

    private static func isComment(_ line: String) -> Bool {
        line.drop { $0 == " " }.hasPrefix("//")
    }
}
