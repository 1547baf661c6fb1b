package import Vocabulary

/// A form in which embeddings are asked for and given.
package enum EmbeddingFormat: String, Sendable, CaseIterable {
    /// OpenAI `POST /embeddings`, and everybody compatible with it.
    case openAI = "openai"
    /// Gemini `models/<model>:batchEmbedContents`.
    case gemini
    /// Vertex `models/<model>:predict`.
    case vertex
    /// Cohere `POST /v2/embed`.
    case cohere
    /// Bedrock `POST /model/<model>/invoke` with an Amazon Titan model.
    case bedrockTitan = "bedrock-titan"
    /// Bedrock `POST /model/<model>/invoke` with a Cohere model.
    case bedrockCohere = "bedrock-cohere"

    /// Bedrock's form depends on who made the model.
    package static func bedrock(model: String) -> EmbeddingFormat {
        model.contains("cohere.") ? .bedrockCohere : .bedrockTitan
    }

    /// The most inputs of one call, from the providers' documentation.
    package var maximumInputs: Int {
        switch self {
        case .openAI: 2_048
        case .gemini: 100
        case .vertex: 250
        case .cohere, .bedrockCohere: 96
        case .bedrockTitan: 1
        }
    }
}

/// A request for embeddings in no provider's words.
package struct EmbeddingRequest: Sendable, Equatable {
    /// Something to embed.
    package enum Input: Sendable, Equatable {
        case text(String)
        /// Tokens of the model, as a raw JSON array.
        case tokens([UInt8])
    }

    /// How the caller wants its vectors.
    package enum Encoding: String, Sendable, CaseIterable {
        /// A list of numbers.
        case float
        /// Little-endian 32-bit floats in base64.
        case base64
    }

    package var model: String
    package var inputs: [Input]
    package var dimensions: Int64?
    package var encoding: Encoding
    package var user: String?
    /// What the vectors are for, in Cohere's words: `search_document`, `search_query`, `classification`, `clustering`.
    package var purpose: String?
    package var extras: [Extra]

    package init(model: String, inputs: [Input]) {
        self.model = model
        self.inputs = inputs
        dimensions = nil
        encoding = .float
        user = nil
        purpose = nil
        extras = []
    }
}

/// Embeddings in no provider's words.
package struct EmbeddingAnswer: Sendable, Equatable {
    /// One vector, as it came: it is converted only where the caller wants the other form.
    package enum Vector: Sendable, Equatable {
        /// A raw JSON array of numbers.
        case numbers([UInt8])
        /// Little-endian 32-bit floats in base64.
        case base64(String)
    }

    package var model: String
    /// In the order of the inputs.
    package var vectors: [Vector]
    package var usage: TokenUsage?

    package init(model: String = "", vectors: [Vector] = [], usage: TokenUsage? = nil) {
        self.model = model
        self.vectors = vectors
        self.usage = usage
    }
}
