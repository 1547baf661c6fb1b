import Bytes
import Caching
import DataPlane
import NIOCore
import Runtime
import Settings
import Synchronization
import Vocabulary

/// The calls that the answer cache needs made: embeddings of questions, and judgements of hits.
final class CachingCalls: Sendable {
    private let caller: InternalCaller
    private let settings: Settings.Semantic
    private let cache: AnswerCache
    private let time: any TimeSource
    private let judging = Mutex(0)

    /// A look-up that takes longer is given up by its call.
    private static let embeddingTime = TimeAmount.seconds(2)
    /// Judgements under way; above it a sample is left out, since the next one tells as much.
    private static let mostJudgements = 8

    init(_ settings: Settings.Semantic, caller: InternalCaller, cache: AnswerCache, time: any TimeSource) {
        self.settings = settings
        self.caller = caller
        self.cache = cache
        self.time = time
    }

    /// What the data plane is given.
    var services: CacheServices {
        var services = CacheServices(cache: cache)
        if let model = settings.model {
            services.embed = { text, project, done in
                Task { done(await self.embed(text, model: model, project: project)) }
            }
        }
        if let judge = settings.judgeModel {
            services.verify = { hit in
                guard self.beginJudging() else {
                    return self.cache.judged(hit.scope, isFalse: nil, used: hit.threshold, now: self.time.now())
                }
                Task { await self.verify(hit, judge: judge) }
            }
        }
        return services
    }

    // MARK: Embeddings

    private func embed(_ text: String, model: String, project: ProjectID) async -> UnitVector? {
        var json = JSONWriter()
        json.beginObject()
        json.key("model")
        json.string(model)
        json.key("input")
        json.string(text)
        json.key("encoding_format")
        json.string("float")
        json.endObject()
        let body = await caller.post("/v1/embeddings", json.bytes, for: project, within: Self.embeddingTime)
        return body.flatMap(Self.vector)
    }

    /// The first vector of an embeddings answer.
    static func vector(_ body: [UInt8]) -> UnitVector? {
        body.withUnsafeBytes { bytes in
            guard let root = try? JSONView.parse(bytes), let data = root["data"] else { return nil }
            var elements = data.elements
            guard let values = elements.next()?["embedding"], values.kind == .array else { return nil }
            var coordinates: [Float] = []
            coordinates.reserveCapacity(1_536)
            values.forEachElement { coordinates.append(Float($0.double ?? .nan)) }
            return UnitVector(coordinates)
        }
    }

    // MARK: Judgements

    private func beginJudging() -> Bool {
        judging.withLock { count in
            guard count < Self.mostJudgements else { return false }
            count += 1
            return true
        }
    }

    /// Asks again, and has both answers compared.
    private func verify(_ hit: SampledHit, judge: String) async {
        let isFalse = await judgement(of: hit, judge: judge)
        cache.judged(hit.scope, isFalse: isFalse, used: hit.threshold, now: time.now())
        judging.withLock { $0 -= 1 }
    }

    /// True for a false hit, `nil` where nobody could say.
    private func judgement(of hit: SampledHit, judge: String) async -> Bool? {
        let project = hit.scope.project
        guard let again = HitReview.wholeRequest(uri: hit.uri, body: hit.body),
            let answer = await caller.post(again.path, again.body, for: project, within: .seconds(120)),
            let format = hit.answer.format,
            let given = HitReview.text(of: hit.answer.body, format: format),
            let fresh = HitReview.text(of: answer, format: format)
        else { return nil }
        // Nothing to judge.
        if given == fresh { return false }
        let question = HitReview.judgeRequest(model: judge, question: hit.question, given: given, fresh: fresh)
        let verdict = await caller.post("/v1/chat/completions", question, for: project, within: .seconds(60))
        return verdict.flatMap(HitReview.isFalse)
    }
}
