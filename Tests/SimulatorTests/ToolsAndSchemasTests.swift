import Simulator
import Testing

@Suite struct ToolsAndSchemasTests {
    private static let schema = #"""
        {"type":"object","required":["place"],"properties":{"place":{"type":"string"},"unit":{"enum":["c","f"]},
        "days":{"type":"integer","minimum":3,"maximum":5,"multipleOf":2},"at":{"type":"string","format":"date"}}}
        """#
    private static let tools = #"""
        ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":\#(schema)}},
        {"type":"function","function":{"name":"sendEmail"}}]
        """#

    private func json(_ schema: String, prompt: String = "hi") throws -> Calling {
        let format = #","response_format":{"type":"json_schema","json_schema":{"name":"x","schema":\#(schema)}}"#
        let text = try Calling.chat(prompt, extra: format).get("choices", 0, "message", "content")
        return try Calling.chat("echo: ").replacingBody(text)
    }

    @Test func aToolIsCalledWhenThePromptNamesIt() throws {
        let calling = try Calling.chat("What is the weather in New York?", extra: Self.tools)
        #expect(try calling.get("choices", 0, "finish_reason") == "tool_calls")
        #expect(try calling.get("choices", 0, "message", "content") == "null")
        let call = try calling.get("choices", 0, "message", "tool_calls", 0, "function", "arguments")
        let arguments = calling.replacingBody(call)
        #expect(try arguments.get("place") == "New York")
        #expect(try arguments.get("days") == "4")
        #expect(try ["c", "f"].contains(arguments.get("unit")))
        #expect(try calling.get("choices", 0, "message", "tool_calls", 1) == "(missing)")
    }

    @Test func streamedArgumentsArriveInFragments() throws {
        let whole = try Calling.chat("weather in Oslo", extra: Self.tools)
        let streamed = try Calling.chat("weather in Oslo", stream: true, extra: Self.tools)
        let pieces = try streamed.fragments("choices", 0, "delta", "tool_calls", 0, "function", "arguments")
        #expect(pieces.count > 3)
        let arguments = try whole.get("choices", 0, "message", "tool_calls", 0, "function", "arguments")
        #expect(pieces.joined() == arguments)
    }

    @Test func toolChoiceIsObeyed() throws {
        let none = try Calling.chat("weather", extra: Self.tools + #","tool_choice":"none""#)
        #expect(try none.get("choices", 0, "finish_reason") == "stop")
        let forced = #","tool_choice":{"type":"function","function":{"name":"sendEmail"}}"#
        let named = try Calling.chat("hi", extra: Self.tools + forced)
        #expect(try named.get("choices", 0, "message", "tool_calls", 0, "function", "name") == "sendEmail")
        #expect(try named.get("choices", 0, "message", "tool_calls", 0, "function", "arguments") == "{}")
        #expect(try Calling.chat("hi", extra: Self.tools).get("choices", 0, "finish_reason") == "stop")
        let required = try Calling.chat("hi", extra: Self.tools + #","tool_choice":"required""#)
        #expect(try required.get("choices", 0, "finish_reason") == "tool_calls")
    }

    @Test func aToolsResultIsAnsweredInWords() throws {
        let messages = #"[{"role":"user","content":"weather"},{"role":"tool","tool_call_id":"1","content":"20"}]"#
        let calling = try Calling("/v1/chat/completions", #"{"model":"m","messages":\#(messages)\#(Self.tools)}"#)
        #expect(try calling.get("choices", 0, "finish_reason") == "stop")
    }

    @Test func recursiveSchemasEnd() throws {
        let tree = #"""
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["name","children"],"properties":
            {"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}},
            "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}}}}}
            """#
        #expect(try json(tree).get("name") != "(missing)")
    }

    @Test func boundsHold() throws {
        let schema = #"""
            {"type":"object","properties":{"list":{"type":"array","minItems":3,"maxItems":3,"items":{"const":7}},
            "text":{"type":"string","minLength":40,"maxLength":41},"short":{"type":"string","maxLength":2},
            "open":{"type":"number","exclusiveMinimum":1,"exclusiveMaximum":2},"none":{"type":"null"},
            "low":{"type":"integer","maximum":-5},"maybe":{"type":["null","boolean"]}}}
            """#
        let value = try json(schema)
        #expect(try value.get("list") == "[7,7,7]")
        #expect(try (40...41).contains(value.get("text").count))
        #expect(try value.get("short").count == 2)
        #expect(try (1.0..<2.0).contains(Double(value.get("open")) ?? 0))
        #expect(try (Int(value.get("low")) ?? 0) <= -5)
        #expect(try value.get("none") == "null")
        #expect(try ["true", "false"].contains(value.get("maybe")))
    }

    @Test func anthropicToolsAreCalledToo() throws {
        let tool = #"{"name":"get_weather","input_schema":\#(Self.schema)}"#
        let body = #""max_tokens":99,"messages":[{"role":"user","content":"weather in Rome"}],"tools":[\#(tool)]"#
        let whole = try Calling("/v1/messages", #"{"model":"c",\#(body)}"#)
        #expect(try whole.get("stop_reason") == "tool_use")
        #expect(try whole.get("content", 0, "input", "place") == "Rome")
        let streamed = try Calling("/v1/messages", #"{"model":"c","stream":true,\#(body)}"#)
        let input = try streamed.fragments("delta", "partial_json").joined()
        #expect(try whole.get("content", 0, "input") == input)
    }
}

extension Calling {
    /// The same call, as if it had been answered by `text`: to look into JSON that was a string.
    func replacingBody(_ text: String) -> Calling {
        var copy = self
        copy.plan.steps = [.bytes(Array(text.utf8))]
        return copy
    }
}
