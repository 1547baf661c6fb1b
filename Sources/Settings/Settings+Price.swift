extension Settings {
    /// A price row of the operator's own. It wins over the catalogue and over imported files.
    ///
    /// Rates are dollars per million tokens (`serverToolCalls`: per million calls); what is `nil` is not priced.
    package struct Price: Sendable, Equatable {
        /// The provider's name, as in `providers`.
        package var provider = ""
        /// The model's name at the provider (`upstream_model`).
        package var model = ""
        package var input: DollarsPerMillion?
        package var output: DollarsPerMillion?
        package var cacheRead: DollarsPerMillion?
        package var cacheWrite5m: DollarsPerMillion?
        package var cacheWrite1h: DollarsPerMillion?
        package var audioInput: DollarsPerMillion?
        package var imageInput: DollarsPerMillion?
        package var reasoning: DollarsPerMillion?
        package var audioOutput: DollarsPerMillion?
        package var serverToolCalls: DollarsPerMillion?
        /// The first day (UTC) it holds, `YYYY-MM-DD`; `nil` means always.
        package var effectiveFrom: String?

        package init() {}

        /// The rates that are given, by bucket (the keys of the file, which are the catalogue's bucket names), in
        /// nano-dollars per million units.
        package var nanodollarsPerMillion: [(bucket: String, rate: Int64)] {
            let rates: [(String, DollarsPerMillion?)] = [
                ("input", input), ("output", output), ("cache_read", cacheRead), ("cache_write_5m", cacheWrite5m),
                ("cache_write_1h", cacheWrite1h), ("audio_input", audioInput), ("image_input", imageInput),
                ("reasoning", reasoning), ("audio_output", audioOutput), ("server_tool_calls", serverToolCalls),
            ]
            return rates.compactMap { bucket, rate in rate.map { (bucket, $0.nanodollars) } }
        }
    }

    /// A published price file to import.
    package struct PriceImport: Sendable, Equatable {
        package var format = PriceFormat.litellm
        /// The file (litellm) or folder (portkey), relative to the working directory.
        package var path = ""

        package init() {}
    }

    /// The two public price files that can be read.
    package enum PriceFormat: String, Sendable, CaseIterable {
        case litellm
        case portkey
    }
}
