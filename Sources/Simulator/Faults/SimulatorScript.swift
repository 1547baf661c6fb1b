import Bytes

/// Faults by rule, for a test that can't reach into the requests: the first rule that applies to a request wins.
package struct SimulatorScript: Sendable, Equatable {
    /// Which requests, and what happens to them.
    package struct Rule: Sendable, Equatable {
        /// The whole path, for example `/v1/messages`; `nil` matches every path.
        package var path: String?
        /// The model's whole name.
        package var model: String?
        /// Only the so-maniest (from 1) of the requests that match path and model.
        package var nth: Int?
        /// Only each so-maniest of them.
        package var every: Int?
        /// In the grammar of docs/simulator.md.
        package var fault: String

        package init(path: String? = nil, model: String? = nil, nth: Int? = nil, every: Int? = nil, fault: String) {
            self.path = path
            self.model = model
            self.nth = nth
            self.every = every
            self.fault = fault
        }
    }

    package var rules: [Rule]

    package init(rules: [Rule]) { self.rules = rules }

    /// Reads `[{"match": {"path"?, "model"?, "nth"?, "every"?}, "fault": "..."}, ...]`.
    ///
    /// Throws ``SimulatorScriptError`` if it is something else, or a fault can't be read.
    package static func parse(_ bytes: [UInt8]) throws(SimulatorScriptError) -> SimulatorScript {
        let result = bytes.withUnsafeBytes { buffer -> Result<SimulatorScript, SimulatorScriptError> in
            do throws(SimulatorScriptError) { return .success(try read(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private static func read(_ buffer: UnsafeRawBufferPointer) throws(SimulatorScriptError) -> SimulatorScript {
        let root: JSONView
        do { root = try JSONView.parse(buffer) } catch { throw .init(message: "The script is not JSON: \(error).") }
        guard root.kind == .array else { throw .init(message: "The script must be a list of {match, fault}.") }
        var rules: [Rule] = []
        for (index, element) in root.list.enumerated() { rules.append(try rule(element, number: index + 1)) }
        return SimulatorScript(rules: rules)
    }

    private static func rule(_ view: JSONView, number: Int) throws(SimulatorScriptError) -> Rule {
        guard let text = view["fault"]?.string else { throw .init(message: "Rule \(number) has no text 'fault'.") }
        let match = view["match"]
        let known = ["path", "model", "nth", "every"]
        if let stranger = match?.pairs.first(where: { !known.contains($0.0) })?.0 {
            throw .init(message: "Rule \(number) matches by '\(stranger)'; use path, model, nth or every.")
        }
        var fault = Fault()
        do { try FaultGrammar.apply(text, to: &fault) } catch {
            throw .init(message: "Rule \(number): \(error.message)")
        }
        return Rule(
            path: match?["path"]?.string, model: match?["model"]?.string,
            nth: match?.integer("nth"), every: match?.integer("every"), fault: text
        )
    }
}

/// A script that can't be used, and why.
package struct SimulatorScriptError: Error, Sendable, Equatable {
    /// For people.
    package var message: String
}

extension SimulatorScriptError: CustomStringConvertible {
    package var description: String { message }
}
