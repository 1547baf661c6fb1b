import Access
import Catalog
import Dialects
import HTTPTypes
import Runtime
import Vocabulary

/// Our models, their health and a token count in LiteLLM's shapes.
enum LiteLLMModels {
    static func usable(_ request: DoorRequest, _ services: DoorServices) -> [DoorModel] {
        services.models().filter { request.principal?.mayUse(model: $0.name) ?? false }.sorted { $0.name < $1.name }
    }

    static func list(_ request: DoorRequest, _ services: DoorServices) -> JSONTree {
        var seen: Set<String> = []
        let rows: [JSONTree] = usable(request, services).filter { seen.insert($0.name).inserted }.map {
            ["id": .string($0.name), "object": "model", "created": 0, "owned_by": .string($0.provider)]
        }
        return ["object": "list", "data": .array(rows)]
    }

    static func info(_ request: DoorRequest, _ services: DoorServices) -> JSONTree {
        let now = services.time.now()
        let wanted = request.query["litellm_model_id"] ?? ""
        let rows: [JSONTree] = usable(request, services).filter { wanted.isEmpty || id($0) == wanted }.map { model in
            [
                "model_name": .string(model.name), "litellm_params": ["model": .string(id(model))],
                "model_info":
                    (["id": .string(id(model)), "db_model": false, "key": .string(model.upstreamModel)] as JSONTree)
                    .with(facts(model, at: now)),
            ]
        }
        return ["data": .array(rows)]
    }

    static func groups(_ request: DoorRequest, _ services: DoorServices) -> JSONTree {
        let now = services.time.now()
        let wanted = request.query["model_group"] ?? ""
        let groups = Dictionary(grouping: usable(request, services), by: \.name).sorted { $0.key < $1.key }
        let rows: [JSONTree] = groups.filter { wanted.isEmpty || $0.key == wanted }.compactMap { name, places in
            guard let first = places.first else { return nil }
            let head: JSONTree = [
                "model_group": .string(name), "providers": .texts(Set(places.map(\.provider)).sorted()), "tpm": nil,
                "rpm": nil, "is_public_model_group": false,
            ]
            return head.with(facts(first, at: now))
        }
        return ["data": .array(rows)]
    }

    private static func id(_ model: DoorModel) -> String { "\(model.provider)/\(model.upstreamModel)" }

    private static func facts(_ model: DoorModel, at now: UnixMicroseconds) -> JSONTree {
        let prices = model.prices(at: now)
        func price(_ bucket: PriceBucket) -> JSONTree {
            prices?[bucket].map { .number(Dollars.text($0, scale: 15)) } ?? .null
        }
        let known = model.catalog?.capabilities ?? []
        return [
            "mode": .text(model.catalog?.mode.rawValue), "litellm_provider": .string(model.provider),
            "max_tokens": .int(model.catalog?.maxOutputTokens), "max_input_tokens": .int(model.catalog?.contextWindow),
            "max_output_tokens": .int(model.catalog?.maxOutputTokens), "input_cost_per_token": price(.uncachedInput),
            "output_cost_per_token": price(.outputText), "cache_read_input_token_cost": price(.cacheRead),
            "cache_creation_input_token_cost": price(.cacheWrite5m),
            "supports_function_calling": .bool(known.contains(.tools)),
            "supports_parallel_function_calling": .bool(known.contains(.parallelTools)),
            "supports_vision": .bool(known.contains(.vision)), "supports_pdf_input": .bool(known.contains(.pdf)),
            "supports_response_schema": .bool(known.contains(.jsonSchema)),
            "supports_reasoning": .bool(known.contains(.reasoning)),
            "supports_prompt_caching": .bool(known.contains(.promptCaching)),
            "supports_web_search": .bool(known.contains(.webSearch)),
            "supports_audio_input": .bool(known.contains(.audioInput)),
            "supports_audio_output": .bool(known.contains(.audioOutput)),
        ]
    }

    // MARK: Health

    /// Passive: what breakers know from traffic. LiteLLM calls every model; nobody is charged for asking here.
    static func health(_ request: DoorRequest, _ services: DoorServices) -> JSONTree {
        let wanted = request.query["model"] ?? ""
        let models = usable(request, services).filter { wanted.isEmpty || $0.name == wanted }
        func rows(_ isHealthy: Bool) -> [JSONTree] {
            models.filter { $0.isHealthy == isHealthy }.map {
                [
                    "model": .string(id($0)), "model_group": .string($0.name),
                    "custom_llm_provider": .string($0.provider),
                ]
            }
        }
        let (healthy, unhealthy) = (rows(true), rows(false))
        return [
            "healthy_endpoints": .array(healthy), "unhealthy_endpoints": .array(unhealthy),
            "healthy_count": .int(Int64(healthy.count)), "unhealthy_count": .int(Int64(unhealthy.count)),
        ]
    }

    static func readiness(_ services: DoorServices) -> DoorAnswer {
        let isServing = services.isServing()
        return DoorAnswer(
            [
                "status": isServing ? "connected" : "stopping", "db": "connected", "cache": nil,
                "litellm_version": .string("signalbox-\(SignalboxVersion.current)"), "success_callbacks": [],
            ], status: isServing ? .ok : .serviceUnavailable)
    }

    // MARK: Tokens

    /// An estimate by bytes: the answer says so in `tokenizer_type`.
    static func count(_ request: DoorRequest) throws(DoorError) -> JSONTree {
        guard let model = request.body["model"]?.text else { throw .invalid("model", "given") }
        guard let tokens = tokens(in: request.body) else { throw .invalid("messages", "given, or `prompt`") }
        return [
            "total_tokens": .int(tokens), "request_model": .string(model), "model_used": .string(model),
            "tokenizer_type": "estimate_by_bytes",
        ]
    }

    /// The input tokens of a body with `prompt`, `messages` or `input`; `nil` if it has none of them.
    static func tokens(in body: JSONTree) -> Int64? {
        if let prompt = body["prompt"] ?? body["input"] { return TokenEstimate.tokens(bytes: textBytes(prompt)) }
        guard let messages = body["messages"]?.elements else { return nil }
        return messages.reduce(0) { sum, message in
            sum + TokenEstimate.tokensPerMessage + TokenEstimate.tokens(bytes: textBytes(message))
        }
    }

    /// The bytes of every text within; names of members and roles count for `tokensPerMessage`.
    private static func textBytes(_ tree: JSONTree) -> Int {
        switch tree {
        case .string(let text): text.utf8.count
        case .array(let elements): elements.reduce(0) { $0 + textBytes($1) }
        case .object(let members):
            members.reduce(0) { $0 + ($1.key == "role" || $1.key == "type" ? 0 : textBytes($1.value)) }
        default: 0
        }
    }
}
