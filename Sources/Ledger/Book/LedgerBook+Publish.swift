import Vocabulary

extension LedgerBook {
    /// From now on these rules are in force and no others. Counts of rules that stay go on; those of rules that go end
    /// with their last open call, and are found again should the rule come back.
    mutating func publish(_ rules: [Subject: SpendingRules]) {
        var next: [Subject: Published] = [:]
        next.reserveCapacity(rules.count)
        for (subject, source) in rules where !source.isEmpty {
            next[subject] = compiled(source, of: subject)
        }
        retireCounts(missingIn: next)
        published = next
        customersWithRules = next.keys.reduce(0) { $0 + ($1.kind == .customer ? 1 : 0) }
    }

    private mutating func compiled(_ source: SpendingRules, of subject: Subject) -> Published {
        if let same = published[subject], same.source == source { return same }
        let followed = subject.kind == .customer ? customers.remove(subject.id) : []
        let entries = CompiledRule.all(of: source).map { rule in
            let place = meters.place(for: rule, of: subject, time: clock.time)
            return ChainEntry(meter: meters.id(place), rule: rule)
        }
        for place in followed where !entries.contains(where: { $0.meter.index == place }) { meters.retire(place) }
        return Published(source: source, entries: entries)
    }

    private mutating func retireCounts(missingIn next: [Subject: Published]) {
        for (subject, old) in published {
            let kept = next[subject]?.entries ?? []
            for entry in old.entries where meters.holds(entry.meter) {
                if !kept.contains(where: { $0.meter == entry.meter }) { meters.retire(entry.meter.index) }
            }
        }
    }
}
