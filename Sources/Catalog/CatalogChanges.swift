import Vocabulary

extension Catalog {
    /// The catalogue with the operator's prices on top.
    ///
    /// Overrides of one model with the same first day form one price row. A model the catalogue does not know is
    /// added; a name that is only an alias becomes a model of its own, so that its family keeps its price.
    package func applying(_ overrides: [PriceOverride]) -> Catalog {
        var catalog = self
        var groups: [[PriceOverride]] = []
        for override in overrides {
            let place = groups.firstIndex { $0[0].sharesRow(with: override) }
            if let place { groups[place].append(override) } else { groups.append([override]) }
        }
        for group in groups { catalog.apply(group) }
        return catalog
    }

    /// The catalogue with the models of an imported price file.
    ///
    /// - Parameter preferImported: true lets imported prices win over built-in ones from their first day on; false only
    ///   adds models that the catalogue lacks.
    package func merging(_ imported: PriceImport, preferImported: Bool) -> Catalog {
        var catalog = self
        for model in imported.models {
            guard var known = catalog.model(provider: model.provider, name: model.name) else {
                catalog.put(model)
                continue
            }
            guard preferImported else { continue }
            known = known.standing(for: model.provider, model.name)
            for row in model.prices { known.add(row) }
            catalog.put(known)
        }
        return catalog
    }

    private mutating func apply(_ group: [PriceOverride]) {
        let first = group[0]
        let provider = ProviderName.canonical(first.provider)
        let known = resolve(provider: provider, name: first.model)
        let start = first.effectiveFrom.flatMap(CalendarDay.start) ?? .min
        var tiers = group.map(\.tier)
        if !tiers.contains(where: { $0.plan == .standard && $0.aboveInputTokens == 0 }) {
            tiers += known?.price(at: start).tiers.filter { $0.plan == .standard } ?? []
        }
        if tiers.tier(plan: .standard, inputTokens: 0) == nil {
            tiers.append(PriceTier(plan: .standard, aboveInputTokens: 0, prices: first.prices))
        }
        let version = first.effectiveFrom.map { "override-\($0)" } ?? "override"
        let row = PriceRow(version: version, effectiveFrom: start, source: .override, tiers: tiers)
        if var model = known?.standing(for: provider, first.model) {
            model.add(row)
            put(model)
        } else {
            put(CatalogModel(provider: provider, name: first.model, prices: [row]))
        }
    }
}

extension PriceOverride {
    fileprivate func sharesRow(with other: PriceOverride) -> Bool {
        model == other.model && effectiveFrom == other.effectiveFrom
            && ProviderName.canonical(provider) == ProviderName.canonical(other.provider)
    }
}

extension CatalogModel {
    /// The same facts and prices under exactly that provider and name.
    fileprivate func standing(for provider: String, _ name: String) -> CatalogModel {
        if self.provider == provider, self.name == name { return self }
        var copy = self
        copy.provider = provider
        copy.name = name
        copy.aliases = []
        return copy
    }
}
