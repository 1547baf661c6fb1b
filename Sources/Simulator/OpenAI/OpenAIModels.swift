/// `/v1/models` as OpenAI lists them. Every other name is served as well.
enum OpenAIModels {
    static let names = [
        "gpt-4o-mini", "gpt-4o", "gpt-4.1", "gpt-4.1-mini", "gpt-5", "gpt-5-mini", "o3", "o4-mini",
        "gpt-3.5-turbo-instruct", "text-embedding-3-small", "text-embedding-3-large", "omni-moderation-latest",
    ]

    static var list: Reply { .json(#"{"object":"list","data":\#(names.map(model))}"#) }

    static func model(_ name: String) -> JSONText {
        #"{"id":\#(name),"object":"model","created":\#(Fixed.created),"owned_by":"simulator"}"#
    }
}
