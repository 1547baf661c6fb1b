import Vocabulary

extension RoutePreferences {
    /// These wishes and those of another dialect in the same call. What both say is taken from here; filters add up.
    package func over(_ other: RoutePreferences) -> RoutePreferences {
        var all = self
        all.models = models.isEmpty ? other.models : models
        all.node = node ?? other.node
        all.mergeTargets(other)
        all.mergeRules(other)
        all.mergeLabels(other)
        all.cache = cache.over(other.cache)
        all.parameters = parameters.over(other.parameters)
        all.strips = strips + other.strips.filter { !strips.contains($0) }
        all.notes = notes + other.notes
        return all
    }

    private mutating func mergeTargets(_ other: RoutePreferences) {
        providerOrder = providerOrder.isEmpty ? other.providerOrder : providerOrder
        allowsFallbacks = allowsFallbacks && other.allowsFallbacks
        rules += other.rules.filter { !rules.contains($0) }
        requiresParameters = requiresParameters || other.requiresParameters
        sort = sort ?? other.sort
        latencyLimits += other.latencyLimits
        throughputLimits += other.throughputLimits
    }

    private mutating func mergeRules(_ other: RoutePreferences) {
        retry = RetryWish(
            attempts: retry.attempts ?? other.retry.attempts, statuses: retry.statuses ?? other.retry.statuses,
            backoffBase: retry.backoffBase ?? other.retry.backoffBase,
            backoffMaximum: retry.backoffMaximum ?? other.retry.backoffMaximum,
            usesRetryAfter: retry.usesRetryAfter ?? other.retry.usesRetryAfter
        )
        timeouts = timeouts?.over(other.timeouts) ?? other.timeouts
        hedge = hedge ?? other.hedge
        streamBreak = streamBreak ?? other.streamBreak
        rateLimit = rateLimit ?? other.rateLimit
        omitsRequestText = omitsRequestText || other.omitsRequestText
        omitsAnswerText = omitsAnswerText || other.omitsAnswerText
    }

    private mutating func mergeLabels(_ other: RoutePreferences) {
        tags += other.tags.filter { !tags.contains($0) }
        session = session ?? other.session
        user = user ?? other.user
        customer = customer ?? other.customer
        metadata += other.metadata.filter { pair in !metadata.contains { $0.key == pair.key } }
    }

    /// The route that the caller made up, `nil` where it takes the configured one as it is.
    ///
    /// A tree of the caller's replaces the route's; further models come behind it. Every error of a model makes the
    /// next one be tried, as those who send such lists expect.
    package func definition(over base: RouteDefinition) -> RouteDefinition? {
        let further = models.filter { $0.name != base.name && !base.aliases.contains($0.name) }
        guard node != nil || !further.isEmpty else { return nil }
        var definition = base
        definition.root = node ?? base.root
        if !further.isEmpty {
            let members = [RouteMember(definition.root)] + further.map { RouteMember(.route($0)) }
            definition.root = .group(RouteGroup(.fallback, members: members, onStatusCodes: .anyError))
        }
        return definition
    }
}
