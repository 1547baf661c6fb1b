/// The words other products use for the providers of our catalogue.
package enum ProviderName {
    /// Our id for a provider; a word we do not know comes back as it is.
    package static func canonical(_ word: String) -> String {
        switch word {
        case "gemini", "google-ai", "google_ai", "googleai", "google-ai-studio": "google"
        case "mistral-ai", "mistralai": "mistral"
        case "x-ai", "grok": "xai"
        case "cohere_chat", "cohere-chat": "cohere"
        case "aws", "amazon", "amazon-bedrock", "bedrock_converse": "bedrock"
        case "moonshotai", "moonshot-ai", "kimi": "moonshot"
        case "z-ai", "zhipu", "zhipuai": "zai"
        case "dashscope", "alibaba": "qwen"
        case "perplexity-ai": "perplexity"
        case "together_ai", "together-ai", "togetherai": "together"
        case "fireworks_ai", "fireworks-ai", "fireworks_ai-embedding-models": "fireworks"
        case "text-completion-openai": "openai"
        default: word
        }
    }
}
