/// What a model can do, as far as is published.
package struct ModelCapabilities: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let tools = ModelCapabilities(rawValue: 1 << 0)
    package static let parallelTools = ModelCapabilities(rawValue: 1 << 1)
    package static let vision = ModelCapabilities(rawValue: 1 << 2)
    package static let pdf = ModelCapabilities(rawValue: 1 << 3)
    package static let audioInput = ModelCapabilities(rawValue: 1 << 4)
    package static let audioOutput = ModelCapabilities(rawValue: 1 << 5)
    package static let videoInput = ModelCapabilities(rawValue: 1 << 6)
    package static let jsonSchema = ModelCapabilities(rawValue: 1 << 7)
    package static let reasoning = ModelCapabilities(rawValue: 1 << 8)
    package static let promptCaching = ModelCapabilities(rawValue: 1 << 9)
    package static let webSearch = ModelCapabilities(rawValue: 1 << 10)
    package static let computerUse = ModelCapabilities(rawValue: 1 << 11)

    /// Every capability with the name it has in our files and in the API.
    package static let table: [(name: StaticString, capability: ModelCapabilities)] = [
        ("tools", .tools), ("parallel_tools", .parallelTools), ("vision", .vision), ("pdf", .pdf),
        ("audio_input", .audioInput), ("audio_output", .audioOutput), ("video_input", .videoInput),
        ("json_schema", .jsonSchema), ("reasoning", .reasoning), ("prompt_caching", .promptCaching),
        ("web_search", .webSearch), ("computer_use", .computerUse),
    ]

    /// The capabilities' names, in a fixed order.
    package var names: [String] { Self.table.filter { contains($0.capability) }.map { "\($0.name)" } }
}
