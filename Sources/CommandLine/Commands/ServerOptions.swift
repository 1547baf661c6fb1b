import ArgumentParser
import Foundation
import SignalboxClient

/// Which server to talk to, and how to show its answers.
package struct ServerOptions: ParsableArguments {
    @Option(help: "The server's address; also SIGNALBOX_URL. (default: http://127.0.0.1:8080)")
    var url: String?

    @Option(help: "An admin key; better SIGNALBOX_KEY, as arguments can be seen by other users.")
    var key: String?

    @Flag(help: "JSON as the API gives it, one object per line; the default where output is no terminal.")
    var json = false

    package init() {}

    /// The client for the server that options, environment or default name.
    func client(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> SignalboxClient {
        let target = Self.target(url: url, key: key, environment: environment)
        guard !target.key.isEmpty else {
            let line = "error: no key given. Set SIGNALBOX_KEY to an admin key, or give one with --key."
            throw CommandFailure(lines: [line], exitCode: .refused)
        }
        return SignalboxClient(baseURL: target.url, key: target.key)
    }

    /// Options before environment before default; what is set but empty counts as not set.
    package static func target(url: String?, key: String?, environment: [String: String]) -> (url: String, key: String)
    {
        let candidates = [url, environment["SIGNALBOX_URL"]].compactMap { $0 }.filter { !$0.isEmpty }
        let keys = [key, environment["SIGNALBOX_KEY"]].compactMap { $0 }.filter { !$0.isEmpty }
        return (candidates.first ?? "http://127.0.0.1:8080", keys.first ?? "")
    }

    /// True if output is for programs.
    var wantsJSON: Bool { json || !Console.standardOutput.isTerminal }
}
