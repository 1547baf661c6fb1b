extension SettingsSchema {
    /// The keys of an element of `providers`.
    static let providers: [Field<Settings.Provider>] = {
        let new = Settings.Provider()
        return [
            .value(
                "name", \.name, .identifier, of: new, required: true,
                "Stands in records, in `/pass/<name>/...` and in `models`."),
            .optional(
                "preset", \.preset, .preset,
                "A known provider, for example `groq`: brings dialect, address, paths and quirks (docs/providers.md)."),
            .value("dialect", \.dialect, .choice, of: new, "The API it speaks; needed where there is no preset."),
            .value(
                "base_url", \.baseURL, .baseURL, of: new,
                "Where its API begins: OpenAI's with `/v1`, Anthropic's without; needed where there is no preset."),
            .optional("api_key", \.apiKey, .secret, "The key sent to it; none for upstreams that need none."),
            .optional(
                "catalogue", \.catalogue, .identifier,
                "Serve every model that the built-in catalogue lists for this vendor, for example `openai`."),
            .value(
                "stream_usage", \.streamUsage, .choice, of: new,
                "Ask for usage in streams where the caller did not (`inject`, hiding the extra event) or not (`leave`)."
            ),
            .value(
                "max_connections", \.maximumConnections, .count(1...65_535), of: new, "Open connections per event loop."
            ),
            .section(
                "timeouts", \.timeouts, providerTimeouts, "Deadlines of its own; what is missing is the server's."),
            .optional(
                "ca_file", \.caFile, .text("path"),
                "PEM file of certificate authorities to trust instead of the system's."),
            headers,
            .optional(
                "health_path", \.healthPath, .urlPath,
                "Path under the base URL that answers a GET with 2xx while it is well; else only connecting is checked."
            ),
            .optional(
                "probe", \.probe, .duration(atLeast: .seconds(1)),
                "How often it is asked for health_path (else for any answer), to find failures before callers do."),
            settings,
            .optional("aws_access_key_id", \.awsAccessKeyId, .secret, "Bedrock: signs requests."),
            .optional("aws_secret_access_key", \.awsSecretAccessKey, .secret, "Bedrock: signs requests."),
            .optional("aws_session_token", \.awsSessionToken, .secret, "Bedrock: of temporary credentials."),
            .optional(
                "service_account", \.serviceAccount, .text("path"), "Vertex: a service account's key file (JSON)."),
            .optional("region", \.region, .identifier, "Where it computes, for routes that demand a region."),
            .value("tags", \.tags, .words, of: new, "Words that routes may ask for, separated by commas."),
            .optional("data_collection", \.dataCollection, .choice, "Whether it may keep inputs to train on."),
            .optional("zero_retention", \.zeroRetention, .choice, "Whether it is known to retain nothing."),
        ]
    }()

    private static let headers = Field<Settings.Provider>(
        description: FieldDescription(
            key: "headers", summary: "Headers added to every call, name to value; values may be secrets.", shape: .map)
    ) { node, name, provider, reader in
        provider.headers = reader.pairs(node, key: name, .secret).map {
            Settings.ProviderHeader(name: $0.name, value: $0.value)
        }
    }

    private static let settings = Field<Settings.Provider>(
        description: FieldDescription(
            key: "settings", summary: "What its preset asks for, such as `project`, `location`, `resource`.",
            shape: .map)
    ) { node, name, provider, reader in
        provider.settings = reader.pairs(node, key: name, .text(atMost: 256)).map {
            Settings.ProviderSetting(name: $0.name, value: $0.value)
        }
    }

    /// Routes are trees, so they are kept as JSON for the router's own reader.
    static let routes = Field<Settings>(
        description: FieldDescription(
            key: "routes", summary: "Names that lead to several targets; see docs/routes.md.",
            shape: .scalar(kind: "list of routes"))
    ) { node, name, settings, reader in
        settings.routes = reader.documents(node, key: name)
    }

    private static let providerTimeouts: [Field<Settings.ProviderTimeouts>] = [
        .optional("connect", \.connect, .duration(), "Opening a connection, TLS included."),
        .optional("first_byte", \.firstByte, .duration(), "From the request's last byte to the answer's first."),
        .optional("idle", \.idle, .duration(), "Between two reads of the answer."),
        .optional("total", \.total, .duration(), "The whole call."),
    ]

    /// The keys of an element of `models`.
    static let models: [Field<Settings.Model>] = {
        let new = Settings.Model()
        return [
            .value("name", \.name, .text(atMost: 256), of: new, required: true, "What callers write in `model`."),
            .value("provider", \.provider, .identifier, of: new, required: true, "The name of one of `providers`."),
            .optional(
                "upstream_model", \.upstreamModel, .text(atMost: 256), "What is sent to the provider; else `name`."),
        ]
    }()

    /// The keys of an element of `prices`.
    static let prices: [Field<Settings.Price>] = {
        let new = Settings.Price()
        return [
            .value("provider", \.provider, .identifier, of: new, required: true, "The provider's name."),
            .value(
                "model", \.model, .text(atMost: 256), of: new, required: true,
                "The model's name at the provider (`upstream_model`)."),
            .optional("input", \.input, .dollars, "Input tokens at the full price."),
            .optional("output", \.output, .dollars, "Output tokens."),
            .optional("cache_read", \.cacheRead, .dollars, "Input tokens read from the provider's cache."),
            .optional("cache_write_5m", \.cacheWrite5m, .dollars, "Input tokens written to a cache of five minutes."),
            .optional("cache_write_1h", \.cacheWrite1h, .dollars, "Input tokens written to a cache of one hour."),
            .optional("audio_input", \.audioInput, .dollars, "Audio input tokens."),
            .optional("image_input", \.imageInput, .dollars, "Image input tokens."),
            .optional("reasoning", \.reasoning, .dollars, "Reasoning tokens; else they are priced as output."),
            .optional("audio_output", \.audioOutput, .dollars, "Audio output tokens."),
            .optional("server_tool_calls", \.serverToolCalls, .dollars, "Web searches and other provider-side calls."),
            .optional("effective_from", \.effectiveFrom, .day, "The first day (UTC) it holds; else always."),
        ]
    }()

    /// The keys of an element of `prices_import`.
    static let priceImports: [Field<Settings.PriceImport>] = {
        let new = Settings.PriceImport()
        return [
            .value(
                "format", \.format, .choice, of: new, required: true,
                "`litellm`: `model_prices_and_context_window.json`; `portkey`: a folder of its price files."),
            .value(
                "path", \.path, .text("path"), of: new, required: true,
                "Where it is, relative to the working directory."),
        ]
    }()
}
