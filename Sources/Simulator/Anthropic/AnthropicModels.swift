/// `/v1/models` as Anthropic lists them. Every other name is served as well.
enum AnthropicModels {
    static let names = [
        "claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-3-5-haiku-latest",
    ]

    static var list: Reply {
        .json(
            #"{"data":\#(names.map(model)),"has_more":false,"first_id":\#(names.first),"last_id":\#(names.last)}"#)
    }

    static func model(_ name: String) -> JSONText {
        #"{"type":"model","id":\#(name),"display_name":\#(name),"created_at":"2025-01-01T00:00:00Z"}"#
    }
}
