import Bytes

/// `/v1/embeddings`: unit vectors in which texts that share words are near each other.
enum Embeddings {
    static func reply(_ body: JSONView, model: String, seed: UInt64) -> Reply {
        let inputs = InputTexts.read(body["input"])
        let size = min(max(body.integer("dimensions") ?? dimensions(model), 1), 4096)
        let isBase64 = body["encoding_format"]?.string == "base64"
        let rows: [JSONText] = inputs.enumerated().map { index, input in
            let vector = EmbeddingVector.vector(input.text, dimensions: size, seed: seed)
            return #"{"object":"embedding","index":\#(index),"embedding":\#(isBase64 ? base64(vector) : list(vector))}"#
        }
        let tokens = inputs.reduce(0) { $0 + $1.tokens }
        return .json(
            #"""
            {"object":"list","data":\#(rows),"model":\#(model),\#
            "usage":{"prompt_tokens":\#(tokens),"total_tokens":\#(tokens)}}
            """#)
    }

    private static func dimensions(_ model: String) -> Int { model.contains("-large") ? 3072 : 1536 }

    private static func list(_ vector: [Float]) -> JSONText {
        JSONText(stringLiteral: "[" + vector.map(\.description).joined(separator: ",") + "]")
    }

    /// Little-endian float32, as OpenAI's own clients ask for.
    private static func base64(_ vector: [Float]) -> JSONText {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            let bits = number.bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return "\(Base64.encode(bytes))"
    }
}

/// Feature hashing (Weinberger et al. 2009): each word adds ±1 at a few places that its hash names.
enum EmbeddingVector {
    /// Places per word: enough that unrelated words hardly meet in 1,536 dimensions.
    static let places = 16

    static func vector(_ text: String, dimensions: Int, seed: UInt64) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        let words = Prompt.words(text)
        // A text without letters is a word of its own, so that no vector is zero.
        for word in words.isEmpty ? [text] : words {
            var random = SeededRandom(seed: seed, word)
            for _ in 0..<places {
                let sign: Float = random.below(2) == 0 ? 1 : -1
                vector[random.below(dimensions)] += sign
            }
        }
        return normalised(vector)
    }

    private static func normalised(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        if length > 0 { return vector.map { $0 / length } }
        return vector.indices.map { $0 == 0 ? 1 : 0 }
    }
}
