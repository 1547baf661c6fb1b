import Bytes

/// Reads tools and tool choice.
enum AnthropicToolReader {
    static func tools(_ value: JSONView) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        for element in try value.expectArray("tools").elements {
            tools.append(try tool(element, "tools[\(tools.count)]"))
        }
        return tools
    }

    private static let known: Set<String> = ["type", "name", "description", "input_schema", "strict", "cache_control"]

    private static func tool(_ element: JSONView, _ path: String) throws(TranslationFault) -> Tool {
        let type = element["type"]?.string ?? "custom"
        guard let name = element["name"]?.string ?? (type == "custom" ? nil : type) else {
            throw TranslationFault("\(path).name", "is missing; give the tool a name")
        }
        let cache = AnthropicBlockReader.cacheLifetime(element)
        guard type == "custom" else {
            return Tool(name: name, kind: .builtIn(type: type, json: element.json), cacheLifetime: cache)
        }
        guard let schema = element["input_schema"] else {
            throw TranslationFault("\(path).input_schema", "is missing; give a JSON Schema of type object")
        }
        let kind = Tool.Kind.function(
            parameters: try schema.expectObject("\(path).input_schema").json, strict: element["strict"]?.bool
        )
        var tool = Tool(name: name, description: element["description"]?.string, kind: kind, cacheLifetime: cache)
        for (key, value) in element.members where !value.isNull && !known.contains(key.string) {
            tool.extras.append(Extra(key.string, value.json))
        }
        return tool
    }

    static func choice(_ value: JSONView) throws(TranslationFault) -> ToolChoice {
        switch try value.expectObject("tool_choice")["type"]?.string {
        case "auto": return .auto
        case "any": return .required
        case "none": return .none
        case "tool":
            guard let name = value["name"]?.string else {
                throw TranslationFault("tool_choice.name", "is missing; name the tool")
            }
            return .tool(name)
        default: throw TranslationFault("tool_choice.type", "must be auto, any, tool or none")
        }
    }
}
