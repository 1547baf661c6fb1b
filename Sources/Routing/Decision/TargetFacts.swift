/// What is known of a target from the catalogue and the configuration. `nil` is unknown.
package struct TargetFacts: Sendable, Hashable {
    /// The most tokens of input and output together.
    package var contextWindow: Int64?
    package var maximumOutput: Int64?
    package var capabilities: Capabilities?
    /// Nano-dollars per million tokens.
    package var inputPrice: Int64?
    /// Nano-dollars per million tokens.
    package var outputPrice: Int64?
    package var region: String?
    /// Whether the provider may keep inputs to train on.
    package var dataCollection: Bool?
    package var zeroRetention: Bool?
    package var quantization: String?
    package var supportedParameters: Set<String>?
    package var tags: [String]

    package init(
        contextWindow: Int64? = nil, maximumOutput: Int64? = nil, capabilities: Capabilities? = nil,
        inputPrice: Int64? = nil, outputPrice: Int64? = nil, region: String? = nil, dataCollection: Bool? = nil,
        zeroRetention: Bool? = nil, quantization: String? = nil, supportedParameters: Set<String>? = nil,
        tags: [String] = []
    ) {
        self.contextWindow = contextWindow
        self.maximumOutput = maximumOutput
        self.capabilities = capabilities
        self.inputPrice = inputPrice
        self.outputPrice = outputPrice
        self.region = region
        self.dataCollection = dataCollection
        self.zeroRetention = zeroRetention
        self.quantization = quantization
        self.supportedParameters = supportedParameters
        self.tags = tags
    }
}
