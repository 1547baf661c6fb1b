/// Values that say what happens anyway: leaving them out loses nothing, and is not worth naming.
enum NeutralValues {
    private static let values: [String: Set<String>] = [
        "store": ["false"], "n": ["1"], "logprobs": ["false"], "frequency_penalty": ["0", "0.0"],
        "presence_penalty": ["0", "0.0"], "parallel_tool_calls": ["true"], "modalities": [#"["text"]"#],
        "service_tier": [#""auto""#, #""default""#], "verbosity": [#""medium""#], "logit_bias": ["{}"],
        "metadata": ["{}"], "tool_choice": [#""auto""#], "tools": ["[]"], "stop": ["[]"], "top_p": ["1", "1.0"],
    ]

    /// - Parameters:
    ///   - name: A top-level member of a chat request.
    ///   - json: Its value.
    static func contains(_ name: String, _ json: some Sequence<UInt8>) -> Bool {
        let text = String(decoding: json.filter { $0 > 0x20 }, as: UTF8.self)
        return text == "null" || values[name]?.contains(text) ?? false
    }
}
