import type { Health, Provider } from "../api/gateway";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { Page } from "../app/Page";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { compact, count, duration, percent } from "../format/numbers";
import { oneLine } from "../format/text";
import { clockTime } from "../format/time";
import { HealthBadge, stateOf } from "./HealthBadge";

/** Quick enough to watch a breaker open and close, and one small answer each. */
const everyMs = 2_000;

/** How each provider does now. */
export function ProvidersScreen(): JSX.Element {
  const { data, error, reload } = useQuery<{ data: Provider[] }>("/providers", { everyMs });
  const all = [...(data?.data ?? [])].sort((a, b) => worst(b) - worst(a) || a.name.localeCompare(b.name));
  return (
    <Page title="Providers"
      controls={<span className="hint">Refreshed every 2 s · figures of the last 5 minutes</span>}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={6} label="Loading providers" /> : null}
      {data && all.length === 0 ? (
        <EmptyState title="No providers">
          <p>Name one in signalbox.yaml, with its key, and run <span className="mono">signalbox reload</span>.</p>
        </EmptyState>
      ) : null}
      {all.map((provider) => <ProviderCard key={provider.name} provider={provider} />)}
    </Page>
  );
}

/** Troubled providers come first. */
function worst(provider: Provider): number {
  const rank = { ok: 0, warn: 1, error: 2 };
  return Math.max(0, ...provider.targets.map((target) => rank[stateOf(target).look]));
}

function ProviderCard({ provider }: { provider: Provider }): JSX.Element {
  return (
    <section className="card" aria-label={provider.name} data-provider={provider.name}>
      <header className="card-head">
        <h2><Link href={`/requests?provider=${encodeURIComponent(provider.name)}`}>{oneLine(provider.name)}</Link></h2>
        <span className="row-flex">
          <span className="hint mono">{oneLine(provider.host)}</span>
          {provider.preset ? <span className="chip">{oneLine(provider.preset)}</span> : null}
          {provider.formats.map((format) => <span key={format} className="chip">{oneLine(format)}</span>)}
        </span>
      </header>
      {provider.targets.length === 0 ? (
        <p className="card-note hint">No call went there since the start, and no route names it.</p>
      ) : <Targets provider={provider} />}
    </section>
  );
}

function Targets({ provider }: { provider: Provider }): JSX.Element {
  return (
    <div className="scroll-x">
      <table className="table keys providers">
        <thead>
          <tr>
            <th scope="col">Model</th><th scope="col">Breaker</th><th scope="col" className="number">In flight</th>
            <th scope="col" className="number">Calls</th><th scope="col" className="number">Errors</th>
            <th scope="col" className="number" title="Time to the first byte">p50</th>
            <th scope="col" className="number" title="Time to the first byte">p95</th>
            <th scope="col" className="number">Tokens/s</th><th scope="col">Left alone for</th>
            <th scope="col">Last failure</th>
          </tr>
        </thead>
        <tbody>
          {provider.targets.map((target) => (
            <tr key={target.model} data-target={`${provider.name}/${target.model}`}>
              <th scope="row">{oneLine(target.model)}</th>
              <td><HealthBadge health={target} /></td>
              <td className="number">{count(target.in_flight)}</td>
              <td className="number">{count(target.requests)}</td>
              <td className="number">{errors(target)}</td>
              <td className="number">{duration(target.p50_ms)}</td>
              <td className="number">{duration(target.p95_ms)}</td>
              <td className="number">{target.tokens_per_second === null ? "–" : compact(target.tokens_per_second)}</td>
              <td className="number-left">{coolingText(target)}</td>
              <td>{lastError(target)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function errors(health: Health): JSX.Element | string {
  if (health.error_rate === null) return "–";
  const text = percent(health.error_rate, 1);
  return health.error_rate >= 0.05 ? <span className="problem-text">{text}</span> : text;
}

function coolingText(health: Health): string {
  const left = health.cooling_until ? Date.parse(health.cooling_until) - Date.now() : 0;
  return left > 0 ? duration(left) : "–";
}

function lastError(health: Health): JSX.Element | string {
  if (!health.last_error) return "–";
  const at = health.last_error_at ? ` at ${clockTime(new Date(health.last_error_at))}` : "";
  return <>{oneLine(health.last_error).replace(/_/g, " ")}<span className="hint">{at}</span></>;
}
