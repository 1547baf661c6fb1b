import Dialects
import Testing

/// A change is named as the caller wrote the member.
@Suite struct CallerNamesTests {
    @Test(arguments: [
        (WireFormat.openAIChat, "max_completion_tokens"), (.openAICompletions, "max_tokens"),
        (.openAIResponses, "max_output_tokens"), (.anthropicMessages, "max_tokens"),
        (.geminiGenerateContent, "generationConfig.maxOutputTokens"), (.bedrockConverse, "inferenceConfig.maxTokens"),
        (.cohereChat, "max_tokens"),
    ])
    func theLimitOfTheAnswer(_ format: WireFormat, _ name: String) {
        #expect(CallerNames.name(of: .maximumOutputTokens, in: format) == name)
        #expect(ModelRequest(source: format, model: "m").name(of: .maximumOutputTokens) == name)
    }

    @Test func everyFieldHasANameEverywhere() {
        for format in WireFormat.allCases {
            for field in RequestField.allCases {
                #expect(!CallerNames.name(of: field, in: format).isEmpty)
            }
        }
    }

    @Test func whatAFormatCannotSayGoesByChatsName() {
        #expect(CallerNames.name(of: .seed, in: .anthropicMessages) == "seed")
        #expect(CallerNames.name(of: .turns, in: .geminiGenerateContent) == "contents")
        #expect(CallerNames.name(of: .format, in: .openAIResponses) == "text.format")
    }
}
