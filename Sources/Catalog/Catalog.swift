/// What the gateway knows about models: facts, and prices by version. An immutable value, shared by reference counts.
package struct Catalog: Sendable {
    /// The version of the built-in data, for example `2026-11-23`; empty for a catalogue made of nothing else.
    package private(set) var version: String
    /// Every model, the built-in ones in the order of their providers.
    package private(set) var models: [CatalogModel]
    /// Places in `models` by provider and name, aliases included.
    private var places: [ModelKey: Int] = [:]
    /// Places in `models` by name alone; the first provider that has the name counts.
    private var firstPlaces: [String: Int] = [:]

    /// - Parameter models: in order of precedence where a name is looked up without a provider.
    package init(version: String, models: [CatalogModel]) {
        self.version = version
        self.models = []
        self.models.reserveCapacity(models.count)
        places.reserveCapacity(models.count * 4 / 3)
        firstPlaces.reserveCapacity(models.count * 4 / 3)
        for model in models { append(model) }
    }

    /// The model of a provider, by exact name, alias, or the name without prefix and date (see `ModelName`).
    ///
    /// `provider` may be another product's word for it (`gemini`, `x-ai`, `together_ai`).
    package func model(provider: String, name: String) -> CatalogModel? {
        let provider = ProviderName.canonical(provider)
        return ModelName.firstMatch(for: name) { places[ModelKey(provider: provider, name: $0)] }.map { models[$0] }
    }

    /// The model with that name at any provider, its maker before hosts: for gateways and proxies whose provider name
    /// says nothing. `maker/model` names the provider itself.
    package func model(named name: String) -> CatalogModel? {
        if let slash = name.firstIndex(of: "/") {
            let model = model(provider: String(name[..<slash]), name: String(name[name.index(after: slash)...]))
            if let model { return model }
        }
        return ModelName.firstMatch(for: name) { firstPlaces[$0] }.map { models[$0] }
    }

    /// The provider's own model if the catalogue knows the provider, else the best match by name alone.
    package func resolve(provider: String, name: String) -> CatalogModel? {
        model(provider: provider, name: name) ?? model(named: name)
    }

    /// The models of one provider, in the catalogue's order.
    package func models(ofProvider provider: String) -> [CatalogModel] {
        let provider = ProviderName.canonical(provider)
        return models.filter { $0.provider == provider }
    }

    /// Puts a model at the end, or in the place of the one with the same provider and name.
    mutating func put(_ model: CatalogModel) {
        let key = ModelKey(provider: model.provider, name: model.name)
        if let place = places[key], models[place].name == model.name {
            models[place] = model
        } else {
            append(model)
        }
    }

    private mutating func append(_ model: CatalogModel) {
        let place = models.count
        models.append(model)
        places[ModelKey(provider: model.provider, name: model.name)] = place
        let first = firstPlaces[model.name]
        if first.map({ models[$0].provider == model.provider }) ?? true { firstPlaces[model.name] = place }
        for alias in model.aliases {
            let key = ModelKey(provider: model.provider, name: alias)
            if places[key] == nil { places[key] = place }
            if firstPlaces[alias] == nil { firstPlaces[alias] = place }
        }
    }
}

/// A provider and a model name, as a dictionary's key.
private struct ModelKey: Hashable {
    var provider: String
    var name: String
}
