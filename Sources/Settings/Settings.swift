package import Vocabulary

/// Everything an operator can decide about a Signalbox server, as one tree of plain values.
///
/// A value comes from a `SIGNALBOX_...` environment variable, else from the YAML file, else from the default that
/// stands here. `SettingsSchema` names every key once more for the file, the environment and the reference page; tests
/// hold the two together. Durations are `Duration`, sizes are bytes.
package struct Settings: Sendable, Equatable {
    /// Where the server listens (`listen`).
    package var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// The folder of the embedded store and the journal (`data`), relative to the working directory.
    package var data = "./signalbox-data"
    /// What is worth a log line (`log_level`).
    package var logLevel = LogLevel.info
    /// The project that records and new keys belong to (`project`).
    package var project = "default"
    /// The environment of records whose key or request names none (`environment`).
    package var environment = "production"
    /// What one request, one connection and the whole server may take (`limits`).
    package var limits = Limits()
    /// How long each wait may last (`timeouts`).
    package var timeouts = Timeouts()
    /// What happens upstream when the caller leaves (`client_leaves`).
    package var clientLeaves = ClientLeaves.abort
    /// Whether a caller that closes its sending side has left (`client_half_close`).
    package var clientHalfClose = ClientHalfClose.abort
    /// How answered requests survive a crash (`journal`).
    package var journal = Journal()
    /// Answers that are given again (`cache`).
    package var cache = Cache()
    /// The upstreams (`providers`). Names are unique.
    package var providers: [Provider] = []
    /// The model names that callers use (`models`). Names are unique, each provider exists.
    package var models: [Model] = []
    /// Names that lead to several targets (`routes`).
    package var routes: [Route] = []
    /// What happens to parameters that a target can't take, where neither key nor request says (`parameters`).
    package var parameters = ParameterPolicy.warn
    /// Prices that win over the built-in catalogue (`prices`).
    package var prices: [Price] = []
    /// Price files to read at start (`prices_import`); `prices` wins over them.
    package var pricesImport: [PriceImport] = []
    /// True if neither the file nor the environment names a provider: the built-in simulator answers.
    package var useSimulator = false

    /// The defaults, which serve nothing but the simulator.
    package init() {}
}

extension Settings {
    /// How much the server logs, least first.
    package enum LogLevel: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// What to do with the upstream call when the caller leaves before the answer is complete.
    package enum ClientLeaves: String, Sendable, CaseIterable {
        /// Cancel it, so that nothing more is generated and billed.
        case abort
        /// Read it to its end, so that the record has the whole answer.
        case drain
    }

    /// What a caller's half-close (it has sent everything and closes its sending side) means.
    package enum ClientHalfClose: String, Sendable, CaseIterable {
        /// It has left: `client_leaves` applies. Ordinary HTTP clients never half-close.
        case abort
        /// It still reads: answer it.
        case serve
    }
}
