package import Caching
package import Vocabulary

/// The answer cache, and the calls that it needs made: shared by all event loops.
package struct CacheServices: Sendable {
    /// Gives the embedding of a text as the project's own call, or `nil` where that failed. The closure is called once,
    /// on any thread.
    package typealias Embed = @Sendable (
        _ text: String, _ project: ProjectID, _ done: @escaping @Sendable (UnitVector?) -> Void
    ) -> Void

    package var cache: AnswerCache
    /// `nil` where no embedding model is set up: then nothing is found by meaning.
    package var embed: Embed?
    /// Has a semantic hit judged in the background; `nil` where no judge is set up: then the rate of false hits is not
    /// known.
    package var verify: (@Sendable (SampledHit) -> Void)?

    package init(cache: AnswerCache) {
        self.cache = cache
        embed = nil
        verify = nil
    }
}

/// A semantic hit that is to be asked again and judged.
package struct SampledHit: Sendable {
    package var scope: CacheScope
    /// The path and query of the call, and its body.
    package var uri: String
    package var body: [UInt8]
    /// What the user said, and the answer that was given to it.
    package var question: String
    package var answer: StoredAnswer
    /// The threshold that was in force.
    package var threshold: Double
}
