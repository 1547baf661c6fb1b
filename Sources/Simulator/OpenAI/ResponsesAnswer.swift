import Bytes

/// Writes an answer as `/v1/responses` does.
struct ResponsesAnswer {
    var id: String
    var model: String
    var answer: Answer
    var usage: OpenAIUsage?
    /// The request's body, from which many fields are repeated.
    var request: JSONView

    var whole: JSONText { response(isComplete: true) }

    /// The response object: as it is at first, without output, or complete.
    func response(isComplete: Bool) -> JSONText {
        let cut = isComplete && answer.finish == .length
        let status = !isComplete ? "in_progress" : cut ? "incomplete" : "completed"
        let details: JSONText = cut ? #"{"reason":"max_output_tokens"}"# : "null"
        let output = isComplete ? items(status: cut ? "incomplete" : "completed") : []
        return #"""
            {"id":\#("resp_" + id),"object":"response","created_at":\#(Fixed.created),"status":\#(status),\#
            "background":false,\#
            "completed_at":\#(isComplete ? Fixed.created + 1 : nil),"error":null,"incomplete_details":\#(details),\#
            \#(repeated),"output":\#(output),"usage":\#(isComplete ? usage?.responses ?? "null" : "null")}
            """#
    }

    /// Fields that say how the request was understood.
    private var repeated: JSONText {
        #"""
        "model":\#(model),"instructions":\#(request["instructions"]),\#
        "max_output_tokens":\#(request["max_output_tokens"]),\#
        "parallel_tool_calls":\#(request["parallel_tool_calls"], or: "true"),\#
        "previous_response_id":\#(request["previous_response_id"]),\#
        "reasoning":\#(request["reasoning"], or: #"{"effort":null,"summary":null}"#),\#
        "store":\#(request["store"], or: "true"),"temperature":\#(request["temperature"], or: "1.0"),\#
        "text":\#(request["text"], or: #"{"format":{"type":"text"}}"#),"tools":\#(request["tools"], or: "[]"),\#
        "tool_choice":\#(request["tool_choice"], or: "\"auto\""),"top_p":\#(request["top_p"], or: "1.0"),\#
        "truncation":\#(request["truncation"], or: "\"disabled\""),"user":\#(request["user"]),\#
        "metadata":\#(request["metadata"], or: "{}"),"service_tier":"default",\#
        "frequency_penalty":0.0,"presence_penalty":0.0,"top_logprobs":0
        """#
    }

    /// The output items: reasoning, then calls or one message.
    func items(status: String) -> [JSONText] {
        var items: [JSONText] = answer.reasoningTokens > 0 ? [reasoning] : []
        items += answer.calls.map { call($0, arguments: $0.arguments, status: status) }
        return answer.calls.isEmpty ? items + [message(content: [part(answer.text)], status: status)] : items
    }

    var reasoning: JSONText { #"{"id":\#("rs_" + id),"type":"reasoning","summary":[]}"# }

    func message(content: [JSONText], status: String) -> JSONText {
        #"{"id":\#("msg_" + id),"type":"message","status":\#(status),"role":"assistant","content":\#(content)}"#
    }

    func part(_ text: String) -> JSONText {
        #"{"type":"output_text","annotations":[],"logprobs":[],"text":\#(text)}"#
    }

    func call(_ call: Answer.ToolCall, arguments: String, status: String) -> JSONText {
        #"""
        {"id":\#("fc_" + call.id),"type":"function_call","status":\#(status),"call_id":\#("call_" + call.id),\#
        "name":\#(call.name),"arguments":\#(arguments)}
        """#
    }
}
