/// One message of a conversation.
package struct Turn: Sendable, Equatable {
    /// Who speaks. System text in the middle of a conversation stays in its place.
    package enum Role: String, Sendable {
        case system, user, assistant
    }

    package var role: Role
    package var parts: [Part]
    /// The participant's name, where the format has one.
    package var name: String?

    package init(_ role: Role, _ parts: [Part], name: String? = nil) {
        self.role = role
        self.parts = parts
        self.name = name
    }
}

/// A piece of a message. Tool results are parts of a user turn, tool calls and reasoning of an assistant turn; a format
/// that has messages of their own for them splits and joins turns.
package struct Part: Sendable, Equatable {
    /// What it holds.
    package enum Content: Sendable, Equatable {
        case text(String)
        case image(Media)
        /// A PDF or another file to read.
        case document(Media)
        case audio(Media)
        case video(Media)
        case toolCall(ToolCall)
        case toolResult(ToolResult)
        case reasoning(Reasoning)
        /// The model declined, in its own words.
        case refusal(String)
        /// A block that only its own format knows (server tools, citations...), with the name of its type.
        case opaque(type: String, json: [UInt8])
    }

    package var content: Content
    /// A cache breakpoint stands after this part: `5m`, `1h`, or `nil` for none.
    package var cacheLifetime: String?
    /// Members of the block that only its own format knows (a document's `context`, a text's `citations` or
    /// `annotations`), by their names there. Encoders of that format write them back; requests name them for others
    /// with `reportBlockExtras`.
    package var extras: [Extra]

    package init(_ content: Content, cacheLifetime: String? = nil, extras: [Extra] = []) {
        self.content = content
        self.cacheLifetime = cacheLifetime
        self.extras = extras
    }
}

/// A picture, document, recording or film.
package struct Media: Sendable, Equatable {
    /// Where its bytes are.
    package enum Source: Sendable, Equatable {
        /// Base64 as it came, not decoded.
        case base64(String)
        case url(String)
        /// A file that the provider holds, by its id there.
        case file(String)
        /// Plain text that is given as a document.
        case text(String)
    }

    package var source: Source
    /// For example `image/png`; `nil` where the caller did not say.
    package var mediaType: String?
    /// A file name or title.
    package var name: String?
    /// OpenAI's `low`, `high`, `auto`.
    package var detail: String?

    package init(_ source: Source, mediaType: String? = nil, name: String? = nil, detail: String? = nil) {
        self.source = source
        self.mediaType = mediaType
        self.name = name
        self.detail = detail
    }
}

/// The model asks for a tool.
package struct ToolCall: Sendable, Equatable {
    package var id: String
    package var name: String
    /// The arguments as JSON text. Usually an object; a model may have written broken JSON, which is kept as it is.
    package var arguments: [UInt8]
    /// Gemini's `thoughtSignature`, Anthropic's and others' opaque tokens that must come back with the call.
    package var signature: String?

    package init(id: String, name: String, arguments: [UInt8], signature: String? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.signature = signature
    }
}

/// What a tool gave back.
package struct ToolResult: Sendable, Equatable {
    package var callID: String
    /// The tool's name, where known (Gemini needs it; others find it by the id).
    package var name: String?
    package var parts: [Part]
    package var isError: Bool

    package init(callID: String, name: String? = nil, parts: [Part], isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.parts = parts
        self.isError = isError
    }
}

/// Thinking that came before an answer. It must go back unchanged, or the provider refuses the conversation.
package struct Reasoning: Sendable, Equatable {
    /// Readable text; empty where the provider shows none.
    package var text: String
    /// The provider's proof that the text is its own.
    package var signature: String?
    /// Thinking that is not shown: Anthropic's `redacted_thinking` data, OpenAI's `encrypted_content`.
    package var encrypted: String?
    /// OpenAI's item id (`rs_...`).
    package var id: String?
    /// The text is a summary, not the thinking itself.
    package var isSummary: Bool

    package init(text: String = "", signature: String? = nil, encrypted: String? = nil, id: String? = nil) {
        self.text = text
        self.signature = signature
        self.encrypted = encrypted
        self.id = id
        isSummary = false
    }
}

/// A function that the model may call, or a tool that the provider runs itself.
package struct Tool: Sendable, Equatable {
    /// What kind of tool it is.
    package enum Kind: Sendable, Equatable {
        /// A JSON Schema for its arguments (raw JSON); `nil` for none.
        case function(parameters: [UInt8]?, strict: Bool?)
        /// A provider's own tool (web search, code execution...), as its format writes it.
        case builtIn(type: String, json: [UInt8])
    }

    package var name: String
    package var description: String?
    package var kind: Kind
    package var cacheLifetime: String?
    /// Members of a function's definition that only its own format knows, as with `Part.extras`.
    package var extras: [Extra]

    package init(name: String, description: String? = nil, kind: Kind, cacheLifetime: String? = nil) {
        self.name = name
        self.description = description
        self.kind = kind
        self.cacheLifetime = cacheLifetime
        extras = []
    }
}

/// Whether and which tools the model must call.
package enum ToolChoice: Sendable, Equatable {
    case auto
    case none
    /// Some tool, whichever.
    case required
    /// This tool.
    case tool(String)
    /// One of these (OpenAI `allowed_tools`, Gemini `allowedFunctionNames`).
    case allowed([String], isRequired: Bool)
}
