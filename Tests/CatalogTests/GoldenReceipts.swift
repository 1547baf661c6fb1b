import Catalog

/// Receipts worked out by hand from the vendors' price pages: dollars per million times tokens, each line rounded half
/// up to a nano-dollar. A new price row does not change them: they are dated.
///
/// Cases with an issue's number are published miscounts of other gateways with the right answer; miscount 1 to 4 are
/// the best known (cached tokens counted twice, or at the wrong price).
enum GoldenReceipts {
    static let all = openAI + anthropic + others

    /// OpenAI's models, at the prices of 2026-11-23.
    static let openAI: [Golden] = [
        Golden("openai", "gpt-4o-mini", "input=1000 output=500", 450_000),
        // Alias; 2,006 prompt tokens of which 1,920 cached (litellm#6215).
        Golden("openai", "gpt-4o-mini-2024-07-18", "input=86 cache_read=1920 output=300", 336_900),
        // A snapshot nobody knows yet.
        Golden("openai", "gpt-4o-mini-2031-01-01", "input=1 output=1", 750),
        Golden("openai", "gpt-4o-mini", "input=1000 output=500", plan: .batch, 225_000),
        Golden("openai", "gpt-4o-mini", "input=1000 cache_read=1000 output=500", plan: .priority, 875_000),
        Golden("openai", "gpt-4o", "input=1234567 output=7654321", 79_629_627_500),
        // A snapshot with a price of its own.
        Golden("openai", "gpt-4o-2024-05-13", "input=1000 output=1000", 20_000_000),
        // $0.0379055, litellm#15945.
        Golden("openai", "gpt-5", "input=4262 cache_read=4864 output=3197", 37_905_500),
        Golden("openai", "gpt-5", "input=100 output=20 reasoning=1280", 13_125_000),
        Golden("openai", "gpt-5-mini", "input=10 output=4 reasoning=64", 138_500),
        Golden("openai", "gpt-5-nano", "input=7 output=1", 750),
        Golden("openai", "gpt-5", "input=50000 output=1000", plan: .flex, 36_250_000),
        // The last call of the base tier.
        Golden("openai", "gpt-5.4", "input=272000 output=1000", 695_000_000),
        // All of it at the long price.
        Golden("openai", "gpt-5.4", "input=272001 output=1000", 1_382_505_000),
        // Cached tokens count towards the tier.
        Golden("openai", "gpt-5.4", "input=1 cache_read=272000 output=1000", 158_505_000),
        Golden("openai", "gpt-5.4", "input=300000 output=1000", plan: .batch, 761_250_000),
        // No priority price that long: standard.
        Golden("openai", "gpt-5.4", "input=300000 output=1000", plan: .priority, 1_522_500_000),
        Golden("openai", "gpt-4.1", "input=1047576 output=32768", 2_357_296_000),
        Golden("openai", "o3", "input=2000 output=100 reasoning=9900", 84_000_000),
        Golden("openai", "o1-pro", "input=999 output=111", 216_450_000),
        Golden("openai", "gpt-audio", "input=50 audio_input=1000 output=30 audio_output=2000", 160_425_000),
        Golden("openai", "text-embedding-3-small", "input=8191", 163_820),
        Golden("openai", "text-embedding-3-large", "input=3", 390),
        Golden("openai", "omni-moderation-latest", "input=512", 0),
        // A fine-tune.
        Golden("openai", "ft:gpt-4o-mini-2024-07-18:acme:support:9xYz", "input=1000 output=100", 420_000),
    ]

    /// Anthropic's.
    static let anthropic: [Golden] = [
        // Miscount 1: $0.091311 reported, $0.0544 billed (litellm#9812).
        Golden("anthropic", "claude-3-7-sonnet-20250219", "input=3 cache_write_5m=12304 output=550", 54_399_000),
        // Miscount 3: $0.00675 reported, $0.00375 due (litellm#6575).
        Golden("anthropic", "claude-3-5-sonnet-20241022", "cache_write_5m=1000", 3_750_000),
        // Miscount 4: $0.096093 reported (litellm#11364).
        Golden("anthropic", "claude-sonnet-4-5", "input=6 cache_read=30940 cache_write_5m=460 output=102", 12_555_000),
        // LibreChat#13798, write.
        Golden("anthropic", "claude-sonnet-4-5-20250929", "input=14 cache_write_5m=4410", 16_579_500),
        // LibreChat#13798, read.
        Golden("anthropic", "claude-sonnet-4-5", "input=14 cache_read=4410", 1_365_000),
        Golden("anthropic", "claude-sonnet-4-5", "input=14 cache_write_1h=4410 output=9", 26_637_000),
        // $0.000292 (litellm#11789).
        Golden("anthropic", "claude-3-5-haiku-latest", "input=4 cache_read=2455 output=23", 291_600),
        Golden("anthropic", "claude-3-5-haiku", "input=1000 output=1000", 4_800_000),
        // Vertex's spelling of the date.
        Golden("anthropic", "claude-haiku-4-5@20251001", "input=3000 output=40", 3_200_000),
        Golden(
            "anthropic", "claude-haiku-4-5",
            "input=1000 cache_read=1000 cache_write_5m=1000 cache_write_1h=1000 output=1000", plan: .batch, 4_675_000),
        Golden(
            "anthropic", "claude-opus-4-5",
            "input=1 cache_read=66360 cache_write_5m=32435 output=3410 reasoning=1710", 363_903_750),
        // One price for the whole million tokens.
        Golden("anthropic", "claude-opus-4-7", "input=900000 output=1000", 4_525_000_000),
        Golden("anthropic", "claude-haiku-5-5", "input=100000 output=10", 10_005_000),
        Golden("anthropic", "claude-haiku-5-5", "input=100000 cache_write_1h=1 output=10", 50_026_000),
        // Three web searches at one cent.
        Golden("anthropic", "claude-sonnet-5", "input=10 output=10 server_tool_calls=3", 30_120_000),
    ]

    /// Everybody else's.
    static let others: [Golden] = [
        // Miscount 2: $0.764 reported (litellm#14849), at the price of today.
        Golden("google", "gemini-2.5-pro", "input=5005 cache_read=257955 output=1744", 103_161_250),
        Golden("google", "gemini-2.5-pro", "input=200000 output=1", 250_010_000),
        Golden("google", "gemini-2.5-pro", "input=200001 output=1", 500_017_500),
        Golden("gemini", "models/gemini-2.5-pro", "input=100 output=10 reasoning=900", 9_225_000),
        Golden("google", "gemini-2.5-flash", "input=100 audio_input=3200 output=50", 3_355_000),
        // Images at the text price.
        Golden("google", "gemini-2.5-flash", "input=100 image_input=258 output=50", 232_400),
        // $0.005955 (Agenta#5711).
        Golden("google", "gemini-3.5-flash", "input=1438 cache_read=24540 output=13", 5_955_000),
        Golden("google", "gemini-embedding-001", "input=2048", 307_200),
        Golden("mistral", "mistral-large-2512", "input=10000 output=2000", 8_000_000),
        Golden("mistral", "ministral-8b-latest", "input=33 output=7", 6_000),
        Golden("mistral", "codestral-latest", "input=128000 output=256", 38_630_400),
        Golden("mistral", "mistral-embed", "input=8192", 819_200),
        Golden("mistral", "mistral-moderation-2603", "input=100", 0),
        Golden("deepseek", "deepseek-chat", "input=64 cache_read=9936 output=800", 632_128),
        Golden("deepseek", "deepseek-reasoner", "input=64 output=80 reasoning=4000", 1_731_520),
        Golden("deepseek", "deepseek-v3.2", "input=1 output=1", 680),
        Golden("xai", "grok-4.3", "input=199999 cache_read=1 output=100", 250_248_950),
        Golden("xai", "grok-4.3", "input=200000 cache_read=1 output=100", 500_500_400),
        Golden("x-ai", "grok-4.3-latest", "input=10 output=10", plan: .batch, 30_000),
        Golden("cohere", "command-r-08-2024", "input=500 output=500", 375_000),
        Golden("cohere", "command-r7b-12-2024", "input=1 output=1", 188),
        Golden("cohere", "command-a-03-2025", "input=256000 output=8000", 720_000_000),
        Golden("cohere", "embed-v4.0", "input=128000", 15_360_000),
        Golden("bedrock", "amazon.nova-micro-v1:0", "input=1001 output=9", 36_295),
        Golden("bedrock", "amazon.nova-pro-v1:0", "input=1000 output=1000", 4_000_000),
        Golden("amazon", "amazon.titan-embed-text-v2:0", "input=8192", 163_840),
        Golden("groq", "openai/gpt-oss-120b", "input=1000 cache_read=1000 output=1000", 825_000),
        Golden("groq", "llama-3.3-70b-versatile", "input=123 output=456", 432_810),
        // $0.00860376 (litellm#31714).
        Golden("fireworks", "accounts/fireworks/models/glm-5p1", "input=1 cache_read=27146 output=351", 8_603_760),
        Golden("fireworks_ai", "glm-5p1", "input=1000 output=1000", plan: .priority, 8_700_000),
        Golden("moonshot", "kimi-k3", "input=1048576 output=1000", 3_160_728_000),
        Golden("zai", "glm-4.7", "input=1000 cache_read=3000 output=10", 952_000),
        Golden("zai", "glm-4.5-flash", "input=1000 output=1000", 0),
        Golden("together", "openai/gpt-oss-120b", "input=1000 output=10", 156_000),
        Golden("cerebras", "llama3.1-8b", "input=5 output=5", 1_000),
    ]
}
