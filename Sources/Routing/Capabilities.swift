/// What a call needs of a model, and what a model offers.
package struct Capabilities: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let tools = Capabilities(rawValue: 1 << 0)
    package static let parallelTools = Capabilities(rawValue: 1 << 1)
    package static let jsonSchema = Capabilities(rawValue: 1 << 2)
    package static let jsonMode = Capabilities(rawValue: 1 << 3)
    package static let vision = Capabilities(rawValue: 1 << 4)
    package static let pdf = Capabilities(rawValue: 1 << 5)
    package static let audioInput = Capabilities(rawValue: 1 << 6)
    package static let audioOutput = Capabilities(rawValue: 1 << 7)
    package static let videoInput = Capabilities(rawValue: 1 << 8)
    package static let reasoning = Capabilities(rawValue: 1 << 9)
    package static let logprobs = Capabilities(rawValue: 1 << 10)
    package static let streaming = Capabilities(rawValue: 1 << 11)
    package static let multipleChoices = Capabilities(rawValue: 1 << 12)
    package static let promptCaching = Capabilities(rawValue: 1 << 13)
    package static let webSearch = Capabilities(rawValue: 1 << 14)
    package static let computerUse = Capabilities(rawValue: 1 << 15)

    /// Every capability with the name it has in files and in the API.
    package static let table: [(name: String, capability: Capabilities)] = [
        ("tools", .tools), ("parallel_tools", .parallelTools), ("json_schema", .jsonSchema), ("json_mode", .jsonMode),
        ("vision", .vision), ("pdf", .pdf), ("audio_input", .audioInput), ("audio_output", .audioOutput),
        ("video_input", .videoInput), ("reasoning", .reasoning), ("logprobs", .logprobs), ("streaming", .streaming),
        ("multiple_choices", .multipleChoices), ("prompt_caching", .promptCaching), ("web_search", .webSearch),
        ("computer_use", .computerUse),
    ]

    /// The capability of that name, `nil` if there is none.
    package init?(named name: String) {
        guard let row = Self.table.first(where: { $0.name == name }) else { return nil }
        self = row.capability
    }

    /// The capabilities' names, in a fixed order.
    package var names: [String] { Self.table.filter { contains($0.capability) }.map(\.name) }
}
