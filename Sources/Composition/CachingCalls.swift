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
                self.embed(text, model: model, project: project).whenComplete { done((try? $0.get()) ?? nil) }
            }
        }
        if let judge = settings.judgeModel {
            services.verify = { hit in
                guard self.beginJudging() else {
                    return self.cache.judged(hit.scope, isFalse: nil, used: hit.threshold, now: self.time.now())
                }
                self.verify(hit, judge: judge)
            }
        }
        return services
    }

    // MARK: Embeddings

    private func embed(_ text: String, model: String, project: ProjectID) -> EventLoopFuture<UnitVector?> {
        var json = JSONWriter()
        json.beginObject()
        json.key("model")
        json.string(model)
        json.key("input")
        json.string(text)
        json.key("encoding_format")
        json.string("float")
        json.endObject()
        return caller.post("/v1/embeddings", json.bytes, for: project, within: Self.embeddingTime)
            .map { $0.flatMap(Self.vector) }
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
    private func verify(_ hit: SampledHit, judge: String) {
        let done: @Sendable (Bool?) -> Void = { isFalse in
            self.cache.judged(hit.scope, isFalse: isFalse, used: hit.threshold, now: self.time.now())
            self.judging.withLock { $0 -= 1 }
        }
        guard let again = HitReview.wholeRequest(uri: hit.uri, body: hit.body) else { return done(nil) }
        caller.post(again.path, again.body, for: hit.scope.project, within: .seconds(120)).whenComplete { result in
            guard let answer = try? result.get(), let format = hit.answer.format,
                let given = HitReview.text(of: hit.answer.body, format: format),
                let fresh = HitReview.text(of: answer, format: format)
            else { return done(nil) }
            // Nothing to judge.
            if given == fresh { return done(false) }
            self.compare(hit, given: given, fresh: fresh, judge: judge, done)
        }
    }

    private func compare(
        _ hit: SampledHit, given: String, fresh: String, judge: String, _ done: @escaping @Sendable (Bool?) -> Void
    ) {
        let question = HitReview.judgeRequest(model: judge, question: hit.question, given: given, fresh: fresh)
        caller.post("/v1/chat/completions", question, for: hit.scope.project, within: .seconds(60))
            .whenComplete { result in done((try? result.get()).flatMap { $0 }.flatMap(HitReview.isFalse)) }
    }
}
