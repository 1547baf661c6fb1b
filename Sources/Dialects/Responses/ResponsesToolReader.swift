import Bytes

/// Reads tools, tool choice and the answer's form.
enum ResponsesToolReader {
    static func tools(_ value: JSONView) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        for element in try value.expectArray("tools").elements {
            tools.append(try tool(element, "tools[\(tools.count)]"))
        }
        return tools
    }

    private static let known: Set<String> = ["type", "name", "description", "parameters", "strict"]

    private static func tool(_ element: JSONView, _ path: String) throws(TranslationFault) -> Tool {
        guard let type = element["type"]?.string else {
            throw TranslationFault("\(path).type", "is missing; say function")
        }
        guard type == "function" else {
            return Tool(name: element["name"]?.string ?? type, kind: .builtIn(type: type, json: element.json))
        }
        guard let name = element["name"]?.string else {
            throw TranslationFault("\(path).name", "is missing; the function's members stand beside type here")
        }
        let parameters = element["parameters"]?.unlessNull
        if let parameters { _ = try parameters.expectObject("\(path).parameters") }
        let kind = Tool.Kind.function(parameters: parameters?.json, strict: element["strict"]?.bool)
        var tool = Tool(name: name, description: element["description"]?.string, kind: kind)
        for (key, value) in element.members where !value.isNull && !known.contains(key.string) {
            tool.extras.append(Extra(key.string, value.json))
        }
        return tool
    }

    /// `nil` for the choice of a tool that the provider runs: its own format alone can say that.
    static func choice(_ value: JSONView) throws(TranslationFault) -> ToolChoice? {
        if let word = value.string {
            switch word {
            case "auto": return .auto
            case "none": return ToolChoice.none
            case "required": return .required
            default: throw TranslationFault("tool_choice", "is \(word); say auto, none, required or name a tool")
            }
        }
        switch try value.expectObject("tool_choice")["type"]?.string {
        case "function":
            guard let name = value["name"]?.string else {
                throw TranslationFault("tool_choice.name", "is missing; name the function")
            }
            return .tool(name)
        case "allowed_tools":
            let names = value["tools"]?.elements.compactMap { $0["name"]?.string }
            return .allowed(names ?? [], isRequired: value["mode"]?.isString("required") ?? false)
        default: return nil
        }
    }

    static func format(_ value: JSONView) throws(TranslationFault) -> AnswerFormat? {
        switch try value.expectObject("text.format")["type"]?.string {
        case "text": return nil
        case "json_object": return .jsonObject
        case "json_schema":
            guard let schema = value["schema"] else {
                throw TranslationFault("text.format.schema", "is missing; give the JSON Schema")
            }
            return .jsonSchema(
                name: value["name"]?.string ?? "answer", description: value["description"]?.string,
                schema: schema.json, strict: value["strict"]?.bool
            )
        default: throw TranslationFault("text.format.type", "must be text, json_object or json_schema")
        }
    }
}
