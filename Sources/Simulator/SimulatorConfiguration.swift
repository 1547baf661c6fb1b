/// How a simulated provider listens and answers.
package struct SimulatorConfiguration: Sendable {
    /// An address of this machine; the loopback address unless something else is wanted.
    package var host: String
    /// 0 lets the kernel choose.
    package var port: Int
    /// Other seeds give other answers to the same prompts.
    package var seed: UInt64
    /// Faults by rule.
    package var script: SimulatorScript?
    /// A fault for every request, in the grammar of docs/simulator.md; what a request says itself comes on top.
    package var fault: String?

    package init(
        host: String = "127.0.0.1", port: Int = 0, seed: UInt64 = 1, script: SimulatorScript? = nil,
        fault: String? = nil
    ) {
        self.host = host
        self.port = port
        self.seed = seed
        self.script = script
        self.fault = fault
    }
}
