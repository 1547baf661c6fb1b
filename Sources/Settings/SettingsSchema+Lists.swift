extension SettingsSchema {
    /// The keys of an element of `providers`.
    static let providers: [Field<Settings.Provider>] = {
        let new = Settings.Provider()
        return [
            .value(
                "name", \.name, .identifier, of: new, required: true,
                "Stands in records, in `/pass/<name>/...` and in `models`."),
            .value("dialect", \.dialect, .choice, of: new, required: true, "The API it speaks."),
            .value(
                "base_url", \.baseURL, .baseURL, of: new, required: true,
                "Where its API begins: OpenAI's with `/v1`, Anthropic's without."),
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
