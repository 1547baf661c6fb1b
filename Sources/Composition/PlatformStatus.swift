import ControlAPI
import DataPlane
import Gateway
import Runtime
import Settings
import Storage
import StorageSQLite
import Telemetry
import Vocabulary

extension Platform {
    /// What `/api/v1/status` shows.
    func status() async throws -> SystemStatus {
        let counters = await loops.counters()
        let pipelineHealth = pipeline.health
        return SystemStatus(
            version: SignalboxVersion.current, startedAt: startedAt.wall,
            uptimeSeconds: Int((time.monotonicNanoseconds() - startedAt.monotonic) / 1_000_000_000),
            environment: settings.environment, store: try await events.statistics(),
            journal: JournalStatus(
                backlogBytes: Int64(pipelineHealth.backlogBytes), limitBytes: Int64(pipelineHealth.limitBytes),
                segments: pipelineHealth.segments
            ),
            openRequests: counters.open, providers: providers(counters)
        )
    }

    private func providers(_ counters: LoopCounters) -> [ProviderStatus] {
        registry.plan.providers.values.sorted { $0.name < $1.name }.map { provider in
            let origin = provider.origin
            return ProviderStatus(
                name: provider.name, dialect: provider.dialect,
                baseURL: "\(origin.usesTLS ? "https" : "http")://\(origin.hostHeader)\(provider.basePath)",
                healthy: counters.reached[provider.name]?.succeeded
            )
        }
    }

    /// What `/metrics` shows. No label holds anything that callers choose.
    func metrics() async -> [MetricFamily] {
        let counters = await loops.counters()
        let health = pipeline.health
        let classes = counters.byStatusClass.enumerated().dropFirst().map { index, count in
            MetricSample(.integer(Int64(count)), labels: [MetricLabel("status", "\(index)xx")])
        }
        return [
            MetricFamily(
                name: "signalbox_calls_total", help: "Calls of the data plane that were recorded, by status class.",
                kind: .counter, samples: classes
            ),
            counter("signalbox_calls_cancelled_total", "Calls whose caller left first.", counters.cancelled),
            counter("signalbox_requests_refused_total", "Requests refused without a known key.", counters.refused),
            counter("signalbox_calls_held_total", "Calls that waited for room in the journal.", counters.held),
            counter("signalbox_upstream_race_retries_total", "Keep-alive races retried.", counters.raceRetries),
            counter("signalbox_journal_failures_total", "Answers withheld without a record.", counters.journalFailures),
            counter("signalbox_request_bytes_total", "Bytes of request bodies.", Int(counters.requestBytes)),
            counter("signalbox_answer_bytes_total", "Bytes of answers from providers.", Int(counters.answerBytes)),
            counter("signalbox_spans_stored_total", "Spans stored since the start.", Int(health.storedSpans)),
            gauge("signalbox_open_calls", "Calls being answered now.", Int64(counters.open)),
            gauge("signalbox_connections", "Connections of callers.", Int64(counters.connections)),
            gauge("signalbox_journal_backlog_bytes", "Journaled and not stored yet.", Int64(health.backlogBytes)),
            gauge("signalbox_journal_limit_bytes", "Intake slows at this backlog.", Int64(health.limitBytes)),
            gauge("signalbox_store_failures_in_a_row", "Failed stores; 0 is healthy.", Int64(health.failuresInARow)),
            gauge("signalbox_resident_memory_bytes", "Memory of this process in RAM.", Memory.residentBytes()),
        ]
    }

    private func counter(_ name: String, _ help: String, _ value: Int) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .counter, samples: [MetricSample(.integer(Int64(value)))])
    }

    private func gauge(_ name: String, _ help: String, _ value: Int64) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .gauge, samples: [MetricSample(.integer(value))])
    }
}
