import Bytes

/// Reads tools, tool choice, tool calls and the answer's form.
enum OpenAIChatToolReader {
    static func tools(_ value: JSONView) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        for element in try value.expectArray("tools").elements {
            let path = "tools[\(tools.count)]"
            guard let type = element["type"]?.string ?? element["function"].map({ _ in "function" }) else {
                throw TranslationFault("\(path).type", "is missing; say function")
            }
            if type == "function", let definition = element["function"] {
                var tool = try function(definition, "\(path).function")
                tool.cacheLifetime = OpenAIChatPartReader.cacheLifetime(element)
                tools.append(tool)
            } else {
                let name = element["name"]?.string ?? element["custom"]?["name"]?.string ?? type
                tools.append(Tool(name: name, kind: .builtIn(type: type, json: element.json)))
            }
        }
        return tools
    }

    /// The `functions` of before tools existed.
    static func functions(_ value: JSONView) throws(TranslationFault) -> [Tool] {
        var tools: [Tool] = []
        for element in try value.expectArray("functions").elements {
            tools.append(try function(element, "functions[\(tools.count)]"))
        }
        return tools
    }

    private static func function(_ definition: JSONView, _ path: String) throws(TranslationFault) -> Tool {
        guard let name = definition["name"]?.string else {
            throw TranslationFault("\(path).name", "is missing; give the function a name")
        }
        let parameters = definition["parameters"]?.unlessNull
        if let parameters { _ = try parameters.expectObject("\(path).parameters") }
        let kind = Tool.Kind.function(parameters: parameters?.json, strict: definition["strict"]?.bool)
        return Tool(name: name, description: definition["description"]?.string, kind: kind)
    }

    static func choice(_ value: JSONView) throws(TranslationFault) -> ToolChoice {
        if let word = value.string { return try choice(word: word) }
        if let name = (value["function"]?["name"] ?? value["name"])?.string { return .tool(name) }
        if let allowed = value["allowed_tools"] {
            let names = (allowed["tools"]?.elements).map { elements in
                elements.compactMap { ($0["function"]?["name"] ?? $0["name"])?.string }
            }
            return .allowed(names ?? [], isRequired: allowed["mode"]?.isString("required") ?? false)
        }
        if let type = value["type"]?.string { return try choice(word: type) }
        throw TranslationFault("tool_choice", "must be auto, none, required or an object that names a function")
    }

    private static func choice(word: String) throws(TranslationFault) -> ToolChoice {
        switch word {
        case "auto": return .auto
        case "none": return .none
        case "required", "any": return .required
        default: throw TranslationFault("tool_choice", "is \(word); say auto, none, required or name a function")
        }
    }

    /// The `function_call` of before tools existed.
    static func legacyChoice(_ value: JSONView) throws(TranslationFault) -> ToolChoice {
        if let name = value["name"]?.string { return .tool(name) }
        return try choice(word: value.expectString("function_call"))
    }

    static func calls(_ value: JSONView?, _ path: String) throws(TranslationFault) -> [Part] {
        guard let value = value?.unlessNull else { return [] }
        var parts: [Part] = []
        for element in try value.expectArray(path).elements {
            let index = parts.count
            guard let function = element["function"] else {
                parts.append(Part(.opaque(type: element["type"]?.string ?? "tool_call", json: element.json)))
                continue
            }
            guard let name = function["name"]?.string else {
                throw TranslationFault("\(path)[\(index)].function.name", "is missing; name the function")
            }
            guard let id = element["id"]?.string else {
                throw TranslationFault("\(path)[\(index)].id", "is missing; give the call's id")
            }
            let call = ToolCall(
                id: id, name: name, arguments: arguments(function["arguments"]), signature: signature(element))
            parts.append(Part(.toolCall(call)))
        }
        return parts
    }

    static func legacyCall(_ function: JSONView) -> ToolCall {
        let name = function["name"]?.string ?? "function"
        return ToolCall(id: "call_\(name)", name: name, arguments: arguments(function["arguments"]))
    }

    /// Arguments are JSON inside a string; a few providers give the object itself.
    static func arguments(_ value: JSONView?) -> [UInt8] {
        guard let value = value?.unlessNull else { return [] }
        var bytes: [UInt8] = []
        return value.appendDecodedString(to: &bytes) ? bytes : value.json
    }

    /// Gemini's thought signature as Google's own compatible endpoint spells it.
    static func signature(_ call: JSONView) -> String? {
        call["extra_content"]?["google"]?["thought_signature"]?.string
    }

    static func format(_ value: JSONView) throws(TranslationFault) -> AnswerFormat? {
        switch try value.expectObject("response_format")["type"]?.string {
        case "text": return nil
        case "json_object": return .jsonObject
        case "json_schema": return try schema(value["json_schema"])
        case let type:
            let said = type.map { "is \($0)" } ?? "is missing"
            throw TranslationFault("response_format.type", "\(said); say text, json_object or json_schema")
        }
    }

    private static func schema(_ value: JSONView?) throws(TranslationFault) -> AnswerFormat {
        guard let value, let schema = value["schema"] else {
            throw TranslationFault("response_format.json_schema.schema", "is missing; give the JSON Schema")
        }
        return .jsonSchema(
            name: value["name"]?.string ?? "answer", description: value["description"]?.string,
            schema: schema.json, strict: value["strict"]?.bool)
    }
}
