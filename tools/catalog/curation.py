"""What the built-in catalogue holds: providers, which of their models, and facts no price file carries.

Order matters: a model name without a provider resolves to the first provider listed here that has it.
`trains_on_inputs` is what the provider's published API terms say about the default, paid API; None where the terms
depend on a plan or we have not read a plain statement. `region` is the provider's home jurisdiction, not a promise
about where a request is computed.
"""

LITELLM_URL = "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json"
PORTKEY_URL = "https://github.com/Portkey-AI/models/tree/main/pricing"

# Kinds of model that are not priced per token of text, whatever the files call their mode.
NOT_TEXT = (r"image|imagen|dall-e|sora|veo|tts|whisper|transcribe|realtime|rerank|ocr|lyria|flux|video|diffusion"
            r"|seedream|seedance|-live|native-audio|speech|asr|livetranslate|upscale|container|nano-banana|vision-exp"
            r"|clip-|guard-2|embedding-2-preview")


def provider(id, name, region, trains, terms, litellm=(), prefix=(), portkey=None, first_party=True, keep=None,
             drop=None, vendor=(), portkey_only=None, aliases=None):
    return dict(id=id, name=name, region=region, trains=trains, terms=terms, litellm=litellm, prefix=prefix,
                portkey=portkey, first_party=first_party, keep=keep, drop=drop, vendor=vendor,
                portkey_only=portkey_only, aliases=aliases or {})


PROVIDERS = [
    provider("openai", "OpenAI", "us", False, "https://developers.openai.com/api/docs/guides/your-data",
             litellm=("openai", "text-completion-openai"), prefix=("openai/",), portkey="openai",
             drop=r"^(gpt-3\.5-turbo-16k|openai/|gpt-3\.5-turbo-0613|gpt-4-1106|ft:gpt-3\.5|ft:gpt-4-|ft:bab|ft:dav)",
             portkey_only=r"^(chatgpt-4o-latest|o1-mini|o1-preview|codex-mini-latest|gpt-4o-audio-preview"
                          r"|gpt-4o-mini-audio-preview|gpt-4\.5-preview-2025-02-27|ft:gpt-4o|ft:gpt-4o-mini"
                          r"|ft:gpt-4\.1|ft:gpt-4\.1-mini"
                          r"|gpt-4-0125-preview|gpt-4-1106-preview|gpt-4-32k)$",
             vendor=("openai.com",), aliases={"omni-moderation-latest": ["text-moderation-latest"]}),
    provider("anthropic", "Anthropic", "us", False, "https://www.anthropic.com/legal/commercial-terms",
             litellm=("anthropic",), prefix=("anthropic/",), portkey="anthropic",
             portkey_only=r"^claude-(3|opus-4|sonnet-4)",
             vendor=("anthropic.com", "claude.com"),
             aliases={"claude-3-5-haiku-20241022": ["claude-3-5-haiku-latest", "claude-3-5-haiku"],
                      "claude-3-5-sonnet-20241022": ["claude-3-5-sonnet-latest", "claude-3-5-sonnet"],
                      "claude-3-7-sonnet-20250219": ["claude-3-7-sonnet-latest", "claude-3-7-sonnet"],
                      "claude-3-opus-20240229": ["claude-3-opus-latest", "claude-3-opus"],
                      "claude-3-haiku-20240307": ["claude-3-haiku"],
                      "claude-sonnet-4-20250514": ["claude-sonnet-4-0", "claude-sonnet-4"],
                      "claude-opus-4-20250514": ["claude-opus-4-0", "claude-opus-4"]}),
    provider("google", "Google", "us", None, "https://ai.google.dev/gemini-api/terms",
             litellm=("gemini",), prefix=("gemini/",), portkey="google", vendor=("google.dev", "cloud.google.com"),
             drop=r"exp-1|gemma-2|learnlm|omni-flash-preview|computer-use|deep-research-pro",
             portkey_only=r"^gemini-2\.0-flash(-lite)?-001$",
             aliases={"gemini-2.0-flash-001": ["gemini-2.0-flash"],
             "gemini-2.0-flash-lite-001": ["gemini-2.0-flash-lite"]}),
    provider("mistral", "Mistral AI", "eu", None, "https://legal.mistral.ai/terms",
             litellm=("mistral",), prefix=("mistral/",), portkey="mistral-ai", vendor=("mistral.ai",),
             portkey_only=r"^(mistral-(medium-25|large-24|small-25)|devstral|magistral|open-mixtral-8x"
                          r"|codestral-2501|pixtral-large-2411)"),
    provider("deepseek", "DeepSeek", "cn", None,
             "https://cdn.deepseek.com/policies/en-US/deepseek-open-platform-terms-of-service.html",
             litellm=("deepseek",), prefix=("deepseek/",), portkey="deepseek", vendor=("deepseek.com",)),
    provider("xai", "xAI", "us", False, "https://docs.x.ai/docs/faq/security",
             litellm=("xai",), prefix=("xai/",), portkey="x-ai", vendor=("x.ai",),
             drop=r"beta|experimental|-gv2",
             portkey_only=r"^grok-(3|3-mini|3-fast|3-mini-fast|4|4-0709|4-fast|4-1-fast)"
                          r"(-(non-)?reasoning)?(-latest)?$"),
    provider("cohere", "Cohere", "ca", None, "https://cohere.com/terms-of-use",
             litellm=("cohere", "cohere_chat"), prefix=("cohere/", "cohere_chat/"), portkey="cohere",
             vendor=("cohere.com",),
             drop=r"^(command-nightly|command-light)", portkey_only=r"^(command-r|command-r-plus|command-r7b)$"),
    provider("bedrock", "Amazon Bedrock", "us", False,
             "https://docs.aws.amazon.com/bedrock/latest/userguide/data-protection.html",
             litellm=("bedrock", "bedrock_converse"), portkey="bedrock", vendor=("aws.amazon.com", "amazon.com"),
             keep=r"^((us|eu|apac|jp|global)\.)?amazon\.(nova|titan)"),
    provider("moonshot", "Moonshot AI", "cn", None, "https://platform.kimi.ai/docs/agreement/modeluse",
             litellm=("moonshot",), prefix=("moonshot/",), portkey="moonshot", vendor=("moonshot.ai", "kimi.ai"),
             portkey_only=r"^kimi-"),
    provider("zai", "Z.ai", "cn", None, "https://docs.z.ai/legal-agreement/terms-of-use",
             litellm=("zai",), prefix=("zai/",), portkey="z-ai", vendor=("z.ai",), portkey_only=r"^glm-"),
    provider("qwen", "Alibaba Cloud Model Studio", "cn", None, "https://www.alibabacloud.com/help/en/model-studio/",
             litellm=("dashscope",), prefix=("dashscope/",), portkey="dashscope", vendor=("alibabacloud.com",
             "aliyun.com"),
             keep=r"^(qwen|qwq)"),
    provider("minimax", "MiniMax", "cn", None, "https://platform.minimax.io/protocol/terms-of-service",
             litellm=("minimax",), prefix=("minimax/",), portkey="minimax", vendor=("minimax.io",),
             portkey_only=r"^MiniMax"),
    provider("perplexity", "Perplexity", "us", None,
             "https://www.perplexity.ai/hub/legal/perplexity-api-terms-of-service",
             litellm=("perplexity",), prefix=("perplexity/",), portkey="perplexity-ai", vendor=("perplexity.ai",),
             keep=r"^(sonar(-pro|-reasoning|-reasoning-pro|-deep-research)?|pplx-embed.*)$"),
    provider("groq", "Groq", "us", None, "https://console.groq.com/docs/your-data", first_party=False,
             litellm=("groq",), prefix=("groq/",), portkey="groq", vendor=("groq.com",), drop=r"^llama-guard-3",
             portkey_only=r"^(llama-3\.[13]|meta-llama/llama-(4|guard-4)|moonshotai|qwen/)"),
    provider("cerebras", "Cerebras", "us", None, "https://www.cerebras.ai/terms-of-service", first_party=False,
             litellm=("cerebras",), prefix=("cerebras/",), portkey="cerebras", vendor=("cerebras.ai",),
             portkey_only=r"^(zai-glm|qwen-3|llama-4|gemma)"),
    provider("together", "Together AI", "us", False, "https://docs.together.ai/docs/privacy-and-security",
             first_party=False,
             litellm=("together_ai",), prefix=("together_ai/",), portkey="together-ai", vendor=("together.ai",
             "together.xyz"),
             drop=r"^together-ai-|arize|togethercomputer|experimental|^mistralai/Mistral-7B|Qwen2-1\.5B"),
    provider("fireworks", "Fireworks AI", "us", None,
             "https://docs.fireworks.ai/guides/security_compliance/data_handling",
             first_party=False, litellm=("fireworks_ai", "fireworks_ai-embedding-models"), prefix=("fireworks_ai/",),
             portkey="fireworks-ai", vendor=("fireworks.ai",),
             drop=r"fireworks-ai-|/routers/(auto|fire|rune)|yi-large|firefunction|qwen2-72b"),
    provider("deepinfra", "DeepInfra", "us", False, "https://docs.deepinfra.com/account/data-privacy",
             first_party=False,
             litellm=("deepinfra",), prefix=("deepinfra/",), portkey="deepinfra", vendor=("deepinfra.com",),
             drop=r"^(anthropic|google/gemini|Sao10K|Gryphe|allenai|NousResearch|microsoft|inclusionAI|tencent"
                  r"|stepfun)"),
    provider("sambanova", "SambaNova", "us", None, "https://sambanova.ai/terms-and-conditions", first_party=False,
             litellm=("sambanova",), prefix=("sambanova/",), vendor=("sambanova.ai",)),
]

# Hosts whose catalogue changes weekly: only models with a vendor link in the price file.
VENDOR_LINK_REQUIRED = {"together", "fireworks", "deepinfra", "sambanova"}

# Models that really cost nothing, so that 0 is a price and not a gap.
FREE = {("openai", "omni-moderation-latest"), ("openai", "omni-moderation-2024-09-26"),
        ("mistral", "mistral-moderation-2603"), ("zai", "glm-4.5-flash"), ("zai", "glm-4.7-flash")}

# Limits (context window, longest output) of models that only the second file lists; from the vendors' model pages.
LIMITS = {
    ("anthropic", r"claude-3-(opus|sonnet|haiku)"): (200_000, 4_096),
    ("anthropic", r"claude-3-5"): (200_000, 8_192),
    ("anthropic", r"claude-3-7"): (200_000, 64_000),
    ("anthropic", r"claude-sonnet-4-20250514"): (200_000, 64_000),
    ("anthropic", r"claude-opus-4(-1)?-2025"): (200_000, 32_000),
    ("openai", r"o1-mini|o1-preview|chatgpt-4o|gpt-4.5"): (128_000, 16_384),
    ("openai", r"codex-mini-latest"): (200_000, 100_000),
    ("openai", r"gpt-4-(0125|1106)"): (128_000, 4_096),
    ("google", r"gemini-2.0-flash"): (1_048_576, 8_192),
    ("groq", r"llama-3\.[13]"): (131_072, 32_768),
    ("xai", r"grok-3"): (131_072, 131_072),
    ("xai", r"grok-4(-0709|-latest)?$"): (256_000, 256_000),
    ("xai", r"grok-4-(1-)?fast"): (2_000_000, 2_000_000),
}

# Capabilities of the same.
CAPABILITIES = {
    ("anthropic", r"claude-3-(opus|sonnet|haiku)"): ["tools", "vision", "prompt_caching"],
    ("anthropic", r"claude-3-5"): ["tools", "vision", "pdf", "prompt_caching"],
    ("anthropic", r"claude-(3-7|sonnet-4|opus-4)"): ["tools", "vision", "pdf", "reasoning", "prompt_caching"],
    ("google", r"gemini-2.0-flash"): ["tools", "vision", "pdf", "audio_input", "video_input", "json_schema",
    "prompt_caching"],
}

# Prices checked by hand against arithmetic or the vendor's page, where a file is plainly wrong: (provider, model) ->
# why that file's figure is refused.
REFUSED = {
    ("cohere", "embed-multilingual-light-v3.0"): "1,000 times its siblings' price: a unit error in the file",
    ("cohere", "command-a-plus-05-2026"): "listed at 0 without a statement that it is free",
}
