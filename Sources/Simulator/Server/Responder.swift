import Bytes
import NIOCore
import NIOHTTP1
import Synchronization

/// Decides what each request is answered with. Pure but for the counters, the script and the last request.
final class Responder: Sendable {
    let counters = Counters()
    let connections = Connections()
    private let seed: UInt64
    private let defaultFault: String?
    private let script: Mutex<ScriptProgress>
    private let last = Mutex<LastRequest?>(nil)

    init(_ configuration: SimulatorConfiguration) throws(FaultGrammarError) {
        seed = configuration.seed
        defaultFault = configuration.fault
        script = Mutex(ScriptProgress(configuration.script ?? SimulatorScript(rules: [])))
        var fault = Fault()
        try FaultGrammar.apply(configuration.fault ?? "", to: &fault)
    }

    /// How slowly to read the body of a request of which only the head is known; `nil` for as fast as it comes.
    func readRate(_ head: HTTPRequestHead) -> Int? {
        let (_, path) = FaultSource.split(path: head.uri)
        var fault = Fault()
        for text in [defaultFault, path, head.headers.first(name: "x-sim-fault")] {
            if let text { try? FaultGrammar.apply(text, to: &fault) }  // a bad one is reported by the answer
        }
        return fault.slowRead
    }

    /// The answer to a complete request.
    func plan(_ head: HTTPRequestHead, _ body: ByteBuffer) -> AnswerPlan {
        if head.uri.hasPrefix("/sim/") { return control(head, body) }
        last.withLock { $0 = LastRequest(head: head, body: body) }
        let plan = body.withUnsafeReadableBytes { bytes in
            let exchange = Exchange(head, body: bytes, seed: seed)
            do throws(SimulatorFailure) {
                let (reply, fault) = try answer(exchange, bytes)
                return finish(reply, fault, exchange)
            } catch {
                return finish(failure(error, exchange), Fault(), exchange)
            }
        }
        counters.began(isStream: plan.isStream, isError: plan.status >= 400)
        return plan
    }

    private func answer(
        _ exchange: Exchange, _ body: UnsafeRawBufferPointer
    ) throws(SimulatorFailure) -> (Reply, Fault) {
        let endpoint = try Endpoint(method: exchange.method, path: exchange.path)
        try exchange.authenticate()
        var answering = Answering(exchange: exchange, seed: seed)
        let prompts = try answering.read(endpoint, body)
        let fault = try fault(exchange, prompts.first)
        if let status = fault.status { return (failure(SimulatorFailure(status: status), exchange), fault) }
        return (try answering.reply(endpoint, prompts, fault), fault)
    }

    /// Least to most specific: a later source replaces single directives of an earlier one.
    private func fault(_ exchange: Exchange, _ prompt: Prompt?) throws(SimulatorFailure) -> Fault {
        var fault = Fault()
        let scripted = script.withLock { $0.fault(path: exchange.path, model: prompt?.model ?? "") }
        let sources = [defaultFault, scripted, exchange.pathFault] + (prompt?.faults ?? []) + [exchange.headerFault]
        for case let text? in sources {
            do throws(FaultGrammarError) { try FaultGrammar.apply(text, to: &fault) } catch {
                throw SimulatorFailure(400, "invalid_sim_fault", error.message)
            }
        }
        return fault
    }

    private func failure(_ error: SimulatorFailure, _ exchange: Exchange) -> Reply {
        exchange.dialect.error(status: error.status, code: error.code, message: error.message, id: exchange.id)
    }

    private func finish(_ reply: Reply, _ fault: Fault, _ exchange: Exchange) -> AnswerPlan {
        var reply = reply
        reply.headers += exchange.dialect.identify(exchange.id)
        if reply.isStream { reply.headers.append(("cache-control", "no-cache")) }
        if let delay = fault.retryAfter {
            let isWhole = delay % 1_000_000 == 0
            reply.headers.append(
                isWhole ? ("retry-after", "\(delay / 1_000_000)") : ("retry-after-ms", "\(delay / 1000)"))
        }
        return PlanBuilder.plan(reply, fault, dialect: exchange.dialect)
    }

    /// `/sim/...`: for tests that want to see what the simulator saw.
    private func control(_ head: HTTPRequestHead, _ body: ByteBuffer) -> AnswerPlan {
        let reply: Reply
        switch (head.method, head.uri) {
        case (.GET, "/sim/stats"): reply = .json(counters.snapshot.json)
        case (.GET, "/sim/last"): reply = .json(last.withLock { $0 }?.json ?? "null")
        case (.POST, "/sim/reset"):
            counters.reset()
            script.withLock { $0.reset() }
            last.withLock { $0 = nil }
            reply = .json(#"{"reset":true}"#)
        case (.POST, "/sim/script"): reply = replaceScript(body)
        default: reply = OpenAIError.reply(status: 404, code: "unknown_url", message: "Unknown: \(head.uri).")
        }
        var plan = PlanBuilder.plan(reply, Fault(), dialect: .openAI)
        plan.isCounted = false
        return plan
    }

    private func replaceScript(_ body: ByteBuffer) -> Reply {
        do throws(SimulatorScriptError) {
            let script = try SimulatorScript.parse(Array(body.readableBytesView))
            self.script.withLock { $0 = ScriptProgress(script) }
            return .json(#"{"rules":\#(script.rules.count)}"#)
        } catch {
            return OpenAIError.reply(status: 400, code: "invalid_script", message: error.message)
        }
    }
}
