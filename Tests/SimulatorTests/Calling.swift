import Bytes
import Simulator

/// One call of the simulator's engine, and what its answer says.
struct Calling {
    var plan: AnswerPlan

    init(
        _ uri: String = "/v1/chat/completions", _ body: String = "", method: String = "POST", key: String? = "sk-test",
        fault: String? = nil, seed: UInt64 = 1, script: SimulatorScript? = nil
    ) throws {
        let engine = try SimulatorEngine(SimulatorConfiguration(seed: seed, script: script))
        plan = Self.call(engine, uri, body, method: method, key: key, fault: fault)
    }

    static func call(
        _ engine: SimulatorEngine, _ uri: String, _ body: String, method: String = "POST", key: String? = "sk-test",
        fault: String? = nil
    ) -> AnswerPlan {
        var headers: [(String, String)] = []
        if let key { headers.append(("authorization", "Bearer \(key)")) }
        if let fault { headers.append(("x-sim-fault", fault)) }
        return engine.plan(method: method, uri: uri, headers: headers, body: Array(body.utf8))
    }

    /// A chat request with one user message.
    static func chat(
        _ prompt: String, model: String = "gpt-4o-mini", stream: Bool = false, extra: String = "", fault: String? = nil,
        seed: UInt64 = 1
    ) throws -> Calling {
        let message = #"{"role":"user","content":\#(quoted(prompt))}"#
        let body = #"{"model":"\#(model)","stream":\#(stream),"messages":[\#(message)]\#(extra)}"#
        return try Calling("/v1/chat/completions", body, fault: fault, seed: seed)
    }

    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Every byte of the body that the plan writes.
    var body: [UInt8] {
        plan.steps.flatMap { step -> [UInt8] in
            if case .bytes(let bytes) = step { bytes } else { [] }
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// A value of a whole answer, by path: `get("choices", 0, "message", "content")`.
    func get(_ path: any PathStep...) throws -> String {
        try body.withUnsafeBytes { bytes in
            var view: JSONView? = try JSONView.parse(bytes)
            for step in path { view = view.flatMap(step.take) }
            guard let view else { return "(missing)" }
            return view.string ?? String(decoding: view.raw, as: UTF8.self)
        }
    }

    /// The events of a stream; throws if one is malformed.
    func events() throws -> [(name: String, data: String)] {
        var events: [(String, String)] = []
        var framer = SSEFramer(maximumEventBytes: 1 << 20)
        try body.withUnsafeBytes { bytes in
            try framer.feed(bytes) {
                events.append((String(decoding: $0.name, as: UTF8.self), String(decoding: $0.data, as: UTF8.self)))
            }
        }
        return events
    }

    /// The strings at `path` in every event that has one.
    func fragments(_ path: any PathStep...) throws -> [String] {
        try events().compactMap { event in
            try Array(event.data.utf8).withUnsafeBytes { bytes in
                guard event.data != "[DONE]" else { return nil }
                var view: JSONView? = try JSONView.parse(bytes)
                for step in path { view = view.flatMap(step.take) }
                return view?.string
            }
        }
    }
}

/// A member's name or an element's index.
protocol PathStep {
    func take(_ view: JSONView) -> JSONView?
}

extension String: PathStep {
    func take(_ view: JSONView) -> JSONView? { view.members.first { $0.key.string == self }?.value }
}

extension Int: PathStep {
    func take(_ view: JSONView) -> JSONView? { Array(view.elements).dropFirst(self).first }
}
