import Bytes

/// Reads `tools` and `toolConfig`.
enum GeminiToolReader {
    static func tools(_ value: JSONView) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        let list = value.kind == .object ? [value] : Array(try value.expectArray("tools").elements)
        for (index, element) in list.enumerated() {
            for (key, item) in try element.expectObject("tools[\(index)]").members where !item.isNull {
                let name = GeminiNames.camel(key)
                if name == "functionDeclarations" {
                    tools += try functions(item, "tools[\(index)].functionDeclarations")
                } else {
                    tools.append(Tool(name: name, kind: .builtIn(type: name, json: builtIn(name, item))))
                }
            }
        }
        return tools
    }

    private static func builtIn(_ name: String, _ value: JSONView) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key(name)
            writer.raw(value.raw)
        }
        return writer.bytes
    }

    private static func functions(_ value: JSONView, _ path: String) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        for element in try value.expectArray(path).elements {
            tools.append(try function(element, "\(path)[\(tools.count)]"))
        }
        return tools
    }

    private static func function(_ element: JSONView, _ path: String) throws(TranslationFault) -> Tool {
        guard let name = element["name"]?.string else {
            throw TranslationFault("\(path).name", "is missing; give the function a name")
        }
        var parameters: [UInt8]?
        if let schema = element.camel("parametersJsonSchema") {
            parameters = schema.json
        } else if let schema = element["parameters"]?.unlessNull {
            parameters = GeminiOpenAPISchema.jsonSchema(schema)
        }
        let kind = Tool.Kind.function(parameters: parameters, strict: nil)
        var tool = Tool(name: name, description: element["description"]?.string, kind: kind)
        for (key, item) in element.members where !item.isNull {
            let name = GeminiNames.camel(key)
            if ["response", "responseJsonSchema", "behavior"].contains(name) {
                tool.extras.append(Extra(name, item.json))
            }
        }
        return tool
    }

    static func choice(_ value: JSONView) throws(TranslationFault) -> ToolChoice {
        let names = (value.camel("allowedFunctionNames")?.elements).map { $0.compactMap { $0.string } } ?? []
        let mode = value["mode"]?.string?.uppercased() ?? "AUTO"
        switch mode {
        case "NONE": return .none
        case "ANY":
            if names.count == 1 { return .tool(names[0]) }
            return names.isEmpty ? .required : .allowed(names, isRequired: true)
        case "AUTO", "VALIDATED", "MODE_UNSPECIFIED":
            return names.isEmpty ? .auto : .allowed(names, isRequired: false)
        default:
            throw TranslationFault(
                "toolConfig.functionCallingConfig.mode", "is \(mode); say AUTO, ANY, NONE or VALIDATED")
        }
    }
}
