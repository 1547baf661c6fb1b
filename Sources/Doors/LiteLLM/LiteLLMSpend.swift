import Access
import Catalog
import Runtime
import Storage
import Vocabulary

/// LiteLLM's `/spend/*` from our records and rollups.
struct LiteLLMSpend: Sendable {
    private let services: DoorServices

    init(_ services: DoorServices) { self.services = services }

    /// Entries of one answer at most, newest first.
    private static let mostLogs = 1_000

    // MARK: Endpoints

    func logs(_ request: DoorRequest) async throws -> JSONTree {
        if let id = request.query["request_id"], !id.isEmpty {
            guard let requestID = ID128(hex: id),
                let span = try await services.events.span(requestID, project: request.project)
            else { return [] }
            return [Self.row(span, cost: span.receipt?.total)]
        }
        let (from, to) = try range(request)
        let isSummary = (request.query["summarize"] ?? "true").lowercased() != "false"
        if from != nil, isSummary { return try await days(request, from ?? 0, to) }
        var filter = SpanFilter(project: request.project)
        filter.from = from
        filter.to = to
        filter.keyID = try await keyID(request)
        filter.user = request.query["user_id"].flatMap { $0.isEmpty ? nil : $0 }
        let page = try await services.events.spans(SpanQuery(filter: filter, limit: Self.mostLogs))
        return .array(page.spans.map { Self.row($0.span, cost: $0.cost) })
    }

    func keys(_ request: DoorRequest) async throws -> JSONTree {
        let sums = try await spend(request).totals(.key)
        let view = LiteLLMKeys(services)
        let keys = try await services.keys.list(project: request.project)
        let rows = keys.map { (key: $0, cost: sums[$0.id]?.cost ?? .zero) }.sorted { $0.cost > $1.cost }
        return .array(rows.prefix(limit(request)).map { view.row($0.key, spend: $0.cost) })
    }

    func users(_ request: DoorRequest) async throws -> JSONTree {
        let wanted = request.query["user_id"].flatMap { $0.isEmpty ? nil : $0 }
        let sums = try await spend(request).totals(.user, value: wanted)
        let rows = sums.sorted { $0.value.cost > $1.value.cost }.prefix(limit(request))
        return .array(rows.map { ["user_id": .string($0.key), "spend": Dollars.number($0.value.cost)] })
    }

    func tags(_ request: DoorRequest) async throws -> JSONTree {
        let (from, to) = try range(request)
        let sums = try await spend(request).totals(.tag, from: from ?? 0, to: to)
        let rows = sums.sorted { $0.value.cost > $1.value.cost }
        return .array(
            rows.map {
                [
                    "individual_request_tag": .string($0.key), "log_count": .int($0.value.calls),
                    "total_spend": Dollars.number($0.value.cost),
                ]
            })
    }

    func global(_ request: DoorRequest) async throws -> JSONTree {
        let used = try await spend(request).cost(.total, "")
        let rules = services.keySnapshot().record(of: Subject(.project, request.project))?.rules ?? .none
        let budget = rules.budgets.first { $0.unit == .money && $0.mode == .hard }
        return [
            "spend": Dollars.number(used), "max_budget": Dollars.number(budget.map { Money(nanodollars: $0.limit) }),
        ]
    }

    /// What a call costs: of a finished one by its usage, of one to come by an estimate of its input.
    func calculate(_ request: DoorRequest) throws(DoorError) -> JSONTree {
        let answer = request.body["completion_response"]
        guard let name = request.body["model"]?.text ?? answer?["model"]?.text else { throw .invalid("model", "given") }
        let now = services.time.now()
        let model = services.models().first { $0.name == name || $0.upstreamModel == name }
        guard let row = model?.catalog?.price(at: now) else {
            throw .notFound("There is no price for `\(name.prefix(100))`. Add one under `prices` in signalbox.yaml.")
        }
        var usage = TokenUsage()
        if let reported = answer?["usage"] {
            let cached = reported["prompt_tokens_details"]?["cached_tokens"]?.integer ?? 0
            usage.cacheRead = max(0, cached)
            usage.uncachedInput = max(0, (reported["prompt_tokens"]?.integer ?? 0) - cached)
            usage.outputText = max(0, reported["completion_tokens"]?.integer ?? 0)
        } else {
            guard let tokens = LiteLLMModels.tokens(in: request.body) else {
                throw .invalid("messages", "given, or `completion_response` with `usage`")
            }
            usage.uncachedInput = tokens
        }
        return ["cost": Dollars.number(Self.cost(usage, row.base))]
    }

    // MARK: Parts

    private static func cost(_ usage: TokenUsage, _ prices: BucketPrices) -> Money {
        let input = prices[.uncachedInput] ?? 0
        let lines = [
            (usage.uncachedInput, input), (usage.cacheRead, prices[.cacheRead] ?? input),
            (usage.outputText, prices[.outputText] ?? 0),
        ]
        return lines.reduce(.zero) { $0 + Pricing.amount(quantity: $1.0, nanodollarsPerMillion: $1.1) }
    }

    private func spend(_ request: DoorRequest) -> Spend { Spend(services: services, project: request.project) }

    private func limit(_ request: DoorRequest) -> Int { min(1_000, max(1, Int(request.query["limit"] ?? "") ?? 100)) }

    /// `start_date` and `end_date`; the last day counts whole.
    private func range(_ request: DoorRequest) throws(DoorError) -> (from: UnixMicroseconds?, to: UnixMicroseconds?) {
        func time(_ name: String, _ shift: Microseconds) throws(DoorError) -> UnixMicroseconds? {
            guard let text = request.query[name], !text.isEmpty else { return nil }
            if let time = RFC3339.parse(text) { return time }
            guard let day = RFC3339.parse(text.prefix(10) + "T00:00:00Z") else {
                throw .invalid(name, "a day such as `2026-11-01`")
            }
            return day + shift
        }
        return (try time("start_date", 0), try time("end_date", 86_400_000_000))
    }

    private func keyID(_ request: DoorRequest) async throws -> String? {
        guard let text = request.query["api_key"], !text.isEmpty else { return nil }
        let found = services.keySnapshot().principal(forSecret: text[...], now: services.time.now())
        if case .success(let principal) = found { return principal.keyID }
        return text
    }

    /// One entry per day, with the spend of each model.
    private func days(
        _ request: DoorRequest, _ from: UnixMicroseconds, _ to: UnixMicroseconds?
    ) async throws -> JSONTree {
        let query = SeriesQuery(
            project: request.project, from: from, to: to ?? services.time.now() + 1, grain: .day, dimension: .model,
            limit: 1_000)
        var days: [UnixMicroseconds: [(model: String, cost: Money)]] = [:]
        for group in try await services.events.series(query) {
            for point in group.points { days[point.at, default: []].append((group.value, point.values.cost)) }
        }
        return .array(
            days.sorted { $0.key < $1.key }.map { day, models in
                [
                    "startTime": .string(String(RFC3339.format(day).prefix(10))),
                    "spend": Dollars.number(models.reduce(.zero) { $0 + $1.cost }), "users": [:],
                    "models": .object(models.map { .init(key: $0.model, value: Dollars.number($0.cost)) }),
                ]
            })
    }

    private static func row(_ span: SpanRecord, cost: Money?) -> JSONTree {
        let start = span.timing.startedAt
        return [
            "request_id": .string(span.id.uuid), "call_type": .string(span.operation.rawValue),
            "api_key": .string(span.keyID), "spend": Dollars.number(cost ?? .zero),
            "total_tokens": .int(span.usage.total), "prompt_tokens": .int(span.usage.totalInput),
            "completion_tokens": .int(span.usage.totalOutput), "startTime": .string(RFC3339.format(start)),
            "endTime": .string(RFC3339.format(start + span.timing.endedAfter)), "model": .string(span.upstreamModel),
            "model_group": .string(span.route ?? span.requestModel), "custom_llm_provider": .string(span.provider),
            "user": .text(span.user), "team_id": .text(span.team), "end_user": .text(span.customer),
            "session_id": .text(span.session), "request_tags": .texts(span.tags),
            "cache_hit": span.cache.map { .string($0.rawValue) } ?? .null,
            "status": span.outcome == .ok ? "success" : "failure",
            "metadata": LiteLLMBody.metadata(span.metadata),
        ]
    }
}
