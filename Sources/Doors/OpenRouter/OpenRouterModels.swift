import Access
import Catalog
import Runtime
import Vocabulary

/// Our models as OpenRouter describes them.
enum OpenRouterModels {
    /// A name that callers can use, with every place that serves it.
    struct Group {
        var name: String
        var places: [DoorModel]
        /// What `/models/{author}/{slug}/endpoints` is asked with.
        var slug: String { name.contains("/") ? name : "\(places.first?.provider ?? "signalbox")/\(name)" }
    }

    /// The models that the caller's key may use, by name.
    static func usable(_ request: DoorRequest, _ services: DoorServices) -> [Group] {
        let models = services.models().filter { request.principal?.mayUse(model: $0.name) ?? false }
        return Dictionary(grouping: models, by: \.name).map { Group(name: $0.key, places: $0.value) }
            .sorted { $0.name < $1.name }
    }

    static func page(_ request: DoorRequest, _ services: DoorServices) throws(DoorError) -> JSONTree {
        let all = usable(request, services)
        let offset = try number(request, "offset", 0)
        let limit = try number(request, "limit", 500)
        let now = services.time.now()
        let page = all.dropFirst(offset).prefix(limit)
        let end = offset + page.count
        let next: JSONTree =
            end < all.count && limit > 0
            ? .string("/api/v1/models?offset=\(end)&limit=\(limit)") : .null
        return [
            "data": .array(page.map { model($0, at: now) }), "total_count": .int(Int64(all.count)),
            "links": ["next": next],
        ]
    }

    private static func number(
        _ request: DoorRequest, _ name: String, _ fallback: Int
    ) throws(DoorError) -> Int {
        guard let text = request.query[name], !text.isEmpty else { return fallback }
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw .invalid(name, "a whole number, 0 or more")
        }
        return number
    }

    static func find(_ request: DoorRequest, _ services: DoorServices) throws(DoorError) -> Group {
        let slug = "\(request.path["author"] ?? "")/\(request.path["slug"] ?? "")"
        guard let group = usable(request, services).first(where: { $0.name == slug || $0.slug == slug }) else {
            throw .notFound("There is no model `\(slug.prefix(100))`. GET /models lists those that there are.")
        }
        return group
    }

    static func model(_ group: Group, at now: UnixMicroseconds) -> JSONTree {
        let first = group.places.first
        let window = group.places.compactMap { $0.catalog?.contextWindow }.max()
        return [
            "id": .string(group.name), "canonical_slug": .string(group.slug), "name": .string(group.name), "created": 0,
            "hugging_face_id": nil, "description": "", "context_length": .int(window),
            "architecture": architecture(first?.catalog), "pricing": pricing(first?.prices(at: now)),
            "top_provider": [
                "context_length": .int(first?.catalog?.contextWindow),
                "max_completion_tokens": .int(first?.catalog?.maxOutputTokens), "is_moderated": false,
            ],
            "per_request_limits": nil, "supported_parameters": parameters(first?.catalog),
            "default_parameters": nil, "supported_voices": nil,
            "links": ["details": .string("/api/v1/models/\(group.slug)/endpoints")],
        ]
    }

    static func endpoints(_ group: Group, at now: UnixMicroseconds) -> JSONTree {
        [
            "id": .string(group.name), "name": .string(group.name), "created": 0, "description": "",
            "architecture": architecture(group.places.first?.catalog),
            "endpoints": .array(group.places.map { endpoint($0, at: now) }),
        ]
    }

    private static func endpoint(_ place: DoorModel, at now: UnixMicroseconds) -> JSONTree {
        [
            "name": .string("\(place.provider) | \(place.upstreamModel)"), "model_id": .string(place.name),
            "model_name": .string(place.upstreamModel), "provider_name": .string(place.provider),
            "tag": .string(place.provider), "context_length": .int(place.catalog?.contextWindow ?? 0),
            "max_completion_tokens": .int(place.catalog?.maxOutputTokens), "max_prompt_tokens": nil,
            "pricing": pricing(place.prices(at: now)), "quantization": nil, "service_tier": nil,
            "status": place.isHealthy ? 0 : -1, "supported_parameters": parameters(place.catalog),
            "supports_implicit_caching": .bool(place.catalog?.capabilities.contains(.promptCaching) ?? false),
            "supports_diarization": false, "native_tools": [:],
            "supports_tool_choice": [
                "auto": .bool(hasTools(place)), "none": .bool(hasTools(place)), "required": .bool(hasTools(place)),
                "function": .bool(hasTools(place)), "type": .bool(hasTools(place)),
            ],
            "latency_last_30m": nil, "throughput_last_30m": nil, "uptime_last_5m": nil, "uptime_last_30m": nil,
            "uptime_last_1d": nil,
        ]
    }

    private static func hasTools(_ place: DoorModel) -> Bool { place.catalog?.capabilities.contains(.tools) ?? false }

    /// Each configured provider once.
    static func providers(_ services: DoorServices) -> [JSONTree] {
        Set(services.models().map(\.provider)).sorted().map { name in
            [
                "name": .string(name), "slug": .string(name), "privacy_policy_url": nil, "terms_of_service_url": nil,
                "status_page_url": nil, "headquarters": nil, "datacenters": nil,
            ]
        }
    }

    // MARK: Facts

    private static func architecture(_ model: CatalogModel?) -> JSONTree {
        let known = model?.capabilities ?? []
        var inputs = ["text"]
        if known.contains(.vision) { inputs.append("image") }
        if known.contains(.pdf) { inputs.append("file") }
        if known.contains(.audioInput) { inputs.append("audio") }
        if known.contains(.videoInput) { inputs.append("video") }
        var outputs = model?.mode == .embedding ? ["embeddings"] : ["text"]
        if known.contains(.audioOutput) { outputs.append("audio") }
        return [
            "modality": .string("\(inputs.joined(separator: "+"))->\(outputs.joined(separator: "+"))"),
            "input_modalities": .texts(inputs), "output_modalities": .texts(outputs), "tokenizer": "Other",
            "instruct_type": nil,
        ]
    }

    /// Dollars per token, as text; unknown prices are -1, which is how OpenRouter marks a price that varies.
    private static func pricing(_ prices: BucketPrices?) -> JSONTree {
        var members: JSONTree = [
            "prompt": price(prices, .uncachedInput), "completion": price(prices, .outputText), "request": "0",
            "image": "0",
        ]
        let rest: [(String, PriceBucket)] = [
            ("input_cache_read", .cacheRead), ("input_cache_write", .cacheWrite5m),
            ("input_cache_write_1h", .cacheWrite1h), ("audio", .audioInput), ("audio_output", .audioOutput),
            ("internal_reasoning", .reasoning), ("web_search", .serverToolCalls),
        ]
        for (name, bucket) in rest where prices?[bucket] != nil {
            members = members.with(.object([.init(key: name, value: price(prices, bucket))]))
        }
        return members
    }

    private static func price(_ prices: BucketPrices?, _ bucket: PriceBucket) -> JSONTree {
        // Nano-dollars per million units are 1e-15 dollars per unit.
        prices?[bucket].map { .string(Dollars.text($0, scale: 15)) } ?? "-1"
    }

    private static func parameters(_ model: CatalogModel?) -> JSONTree {
        guard model?.mode != .embedding else { return [] }
        var names = ["frequency_penalty", "max_tokens", "presence_penalty", "seed", "stop", "temperature", "top_p"]
        let known = model?.capabilities ?? []
        if known.contains(.tools) { names += ["tools", "tool_choice"] }
        if known.contains(.parallelTools) { names.append("parallel_tool_calls") }
        if known.contains(.jsonSchema) { names += ["response_format", "structured_outputs"] }
        if known.contains(.reasoning) { names += ["reasoning", "include_reasoning"] }
        if known.contains(.webSearch) { names.append("web_search_options") }
        return .texts(names)
    }
}
