import Bytes

/// `/v1/moderations`: a category is flagged if one of its words occurs in the text.
enum Moderations {
    private static let categories: [(name: String, words: [String])] = [
        ("harassment", ["idiot", "stupid"]), ("harassment/threatening", ["beat"]), ("hate", ["hate"]),
        ("hate/threatening", []), ("illicit", ["steal", "smuggle"]), ("illicit/violent", []), ("self-harm", []),
        ("self-harm/instructions", []), ("self-harm/intent", []), ("sexual", ["sexual"]), ("sexual/minors", []),
        ("violence", ["kill", "murder"]), ("violence/graphic", ["gore"]),
    ]

    /// What a request without a model gets.
    private static let usualModel = "omni-moderation-latest"

    static func reply(_ body: JSONView, model: String, id: String) -> Reply {
        let model = model.isEmpty ? usualModel : model
        let inputs = InputTexts.read(body["input"])
        // A list of typed parts is one input; a list of texts is one each.
        let isParts = body["input"]?.list.first?.kind == .object
        let texts = isParts ? [inputs.map(\.text).joined(separator: "\n")] : inputs.map(\.text)
        let results = texts.map(result)
        return .json(#"{"id":\#("modr-" + id),"model":\#(model),"results":\#(results)}"#)
    }

    private static func result(_ text: String) -> JSONText {
        let words = Set(Prompt.words(text))
        let hits = categories.map { category in category.words.contains { words.contains($0) } }
        return #"""
            {"flagged":\#(hits.contains(true)),"categories":\#(object(hits) { $0 ? "true" : "false" }),\#
            "category_scores":\#(object(hits) { $0 ? "0.98" : "0.0001" }),\#
            "category_applied_input_types":\#(object(hits) { _ in "[\"text\"]" })}
            """#
    }

    private static func object(_ hits: [Bool], _ value: (Bool) -> String) -> JSONText {
        let members = zip(categories, hits).map { "\"\($0.name)\":\(value($1))" }
        return JSONText(stringLiteral: "{" + members.joined(separator: ",") + "}")
    }
}
