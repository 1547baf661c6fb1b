import ControlAPI
import Logging
import Settings

/// Reads the configuration again and puts into force what can change while the server runs.
actor Reloader {
    private let path: String?
    private let environment: [String: String]
    private let overrides: SettingsOverrides
    private let registry: PlanRegistry
    /// Stored ones that could not be used may be usable with the new configuration.
    let routes: RouteService
    private let inputs: @Sendable () -> PlanCompiler.Inputs
    private let logger: Logger
    /// One reload after another, so that the newest file counts in the end.
    private let turnstile = Turnstile()

    /// - Parameter inputs: What a plan is made of beside settings, as of now.
    init(
        path: String?, environment: [String: String], overrides: SettingsOverrides, registry: PlanRegistry,
        routes: RouteService, inputs: @escaping @Sendable () -> PlanCompiler.Inputs, logger: Logger
    ) {
        self.path = path
        self.environment = environment
        self.overrides = overrides
        self.registry = registry
        self.routes = routes
        self.inputs = inputs
        self.logger = logger
    }

    /// - Throws: `ReloadFailure`; the configuration in force stays.
    func reload() async throws -> ReloadReport {
        try await turnstile.pass { try await self.perform() }
    }

    private func perform() async throws -> ReloadReport {
        do {
            let inputs = inputs()
            let (path, environment, overrides) = (path, environment, overrides)
            let (fresh, catalog) = try await Blocking.run("reload") {
                var fresh = try SettingsLoader.load(path: path, environment: environment).settings
                overrides.apply(to: &fresh)
                return (fresh, try CatalogBuilder.build(fresh, now: inputs.now))
            }
            let old = registry.settings
            try await registry.update { old in
                try PlanCompiler(fresh, catalog: catalog, storedRoutes: old.storedRoutes, inputs: inputs)
            }
            try await routes.load()
            let report = ReloadReport(changes: SettingsDifference.sentences(from: old, to: fresh))
            logger.notice("Configuration reloaded", metadata: ["changes": "\(report.changes)"])
            return report
        } catch {
            logger.error("Configuration not reloaded: \(error)")
            throw ReloadFailure(message: "\(error)")
        }
    }
}

/// What outranks file and environment: the command line, and the address of a simulator that this process runs.
struct SettingsOverrides: Sendable {
    var listen: ListenAddress
    var data: String
    /// Providers that serve the built-in simulator, used while no other is configured.
    var simulatorProviders: [Settings.Provider]

    func apply(to settings: inout Settings) {
        settings.listen = listen
        settings.data = data
        if settings.useSimulator { settings.providers = simulatorProviders }
    }
}

/// What a reload changed, in words.
enum SettingsDifference {
    static func sentences(from old: Settings, to new: Settings) -> [String] {
        var changes = names("provider", old.providers.map(\.name), new.providers.map(\.name))
        for provider in new.providers {
            if let before = old.providers.first(where: { $0.name == provider.name }), before != provider {
                changes.append("provider \(provider.name) changed")
            }
        }
        changes += names("model", old.models.map(\.name), new.models.map(\.name))
        for model in new.models {
            if let before = old.models.first(where: { $0.name == model.name }), before != model {
                changes.append("model \(model.name) changed")
            }
        }
        if old.routes.map(\.json) != new.routes.map(\.json) { changes.append("routes changed") }
        if old.parameters != new.parameters { changes.append("parameters changed") }
        if old.prices != new.prices || old.pricesImport != new.pricesImport { changes.append("prices changed") }
        if old.limits != new.limits {
            changes.append("limits changed; those of connections and headers need a restart")
        }
        if old.timeouts != new.timeouts {
            changes.append("timeouts changed; those of the listening side need a restart")
        }
        if old.clientLeaves != new.clientLeaves { changes.append("client_leaves changed") }
        changes += needingRestart(old, new).map { "\($0) changed, which needs a restart" }
        return changes
    }

    private static func names(_ kind: String, _ old: [String], _ new: [String]) -> [String] {
        new.filter { !old.contains($0) }.map { "\(kind) \($0) added" }
            + old.filter { !new.contains($0) }.map { "\(kind) \($0) removed" }
    }

    private static func needingRestart(_ old: Settings, _ new: Settings) -> [String] {
        var keys: [String] = []
        if old.journal != new.journal { keys.append("journal") }
        if old.logLevel != new.logLevel { keys.append("log_level") }
        if old.environment != new.environment { keys.append("environment") }
        if old.clientHalfClose != new.clientHalfClose { keys.append("client_half_close") }
        return keys
    }
}
