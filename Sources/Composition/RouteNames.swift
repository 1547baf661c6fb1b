import Bytes
import Caching
import Catalog
import Gateway
import Routing
import Settings
import Vocabulary

/// The names that callers may use, from models, catalogues and routes.
struct RouteNames {
    /// A name that leads to one model of one provider.
    struct PlainName {
        var name: String
        var provider: String
        var model: String
    }

    let plain: [PlainName]
    private let settings: Settings

    /// Models that were named come first; then, for providers that serve their whole catalogue, the rest of it.
    init(settings: Settings, catalog: Catalog, now: UnixMicroseconds) {
        self.settings = settings
        var names = settings.models.map {
            PlainName(name: $0.name, provider: $0.provider, model: $0.nameForUpstream)
        }
        for provider in settings.providers {
            guard let vendor = provider.catalogue else { continue }
            for model in catalog.models(ofProvider: vendor) where !model.isRetired(at: now) {
                for name in [model.name] + model.aliases {
                    names.append(PlainName(name: name, provider: provider.name, model: name))
                }
            }
        }
        plain = names
    }

    /// What names in routes lead to. A route is found before a model of the same name.
    func links(_ definitions: [RouteDefinition]) -> [String: RouteDefinition] {
        var links = Dictionary(
            plain.map { name in
                let target = TargetReference(provider: name.provider, model: name.model)
                return (name.name, RouteDefinition(name: name.name, root: .target(target)))
            },
            uniquingKeysWith: { first, _ in first }
        )
        for definition in definitions.reversed() {
            for name in [definition.name] + definition.aliases { links[name] = definition }
        }
        return links
    }

    /// Stored routes first: of two with one name, the stored one counts.
    ///
    /// - Throws: `StartupError` that names the place in the file and the mend.
    func definitions(stored: [RouteDefinition]) throws -> [RouteDefinition] {
        var definitions = stored
        for route in settings.routes {
            let result: Result<RouteDefinition, RouteFault> = route.json.withUnsafeBytes { bytes in
                do throws(RouteFault) {
                    return .success(try RouteDefinition(json: JSONView(validated: bytes)))
                } catch {
                    return .failure(error)
                }
            }
            do {
                let definition = try result.get()
                if !definitions.contains(where: { $0.name == definition.name }) { definitions.append(definition) }
            } catch {
                throw StartupError("\(route.place): \(route.key): \(error)")
            }
        }
        return definitions
    }

    func routes(_ definition: RouteDefinition, _ builder: RouteBuilder) throws -> [ModelRoute] {
        do throws(RouteFault) {
            if let cache = definition.cache { _ = try RouteCache.read(cache) }
            let route = try builder.route(definition)
            return [route] + definition.aliases.map { alias in
                var other = route
                other.name = alias
                return other
            }
        } catch {
            throw StartupError("The route \"\(definition.name)\" can't be used: \(error)")
        }
    }
}
