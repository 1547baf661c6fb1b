import { useState } from "react";
import { ApiError, call, withParams } from "../api/client";
import type { CacheMeter, CacheReport, CacheRoute } from "../api/gateway";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import { Meter } from "../design/Meter";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { useAction } from "../design/action";
import { exactMoney, shortMoney } from "../format/money";
import { bytes, count, percent } from "../format/numbers";
import { oneLine } from "../format/text";
import { fullTime } from "../format/time";

const everyMs = 5_000;

/** What the answer cache holds, saved, and got wrong. */
export function CacheScreen(): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<CacheReport>("/cache", { everyMs });
  const [purging, setPurging] = useState<string | null>(null);
  const open = data?.routes.find((one) => one.route === params.get("route")) ?? null;
  const controls = data && data.entries > 0 ? (
    <button type="button" className="button danger" onClick={() => setPurging("")}>Purge…</button>
  ) : null;
  return (
    <Page title="Cache" controls={controls}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <Missing error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={5} label="Loading the cache" /> : null}
      {data ? <Figures report={data} /> : null}
      {data && data.routes.length === 0 ? (
        <EmptyState title="Nothing is cached yet">
          <p>
            Answers are stored only where a route or a call asks for it: turn it on in a route's rules,
              or send the header{" "}
            <span className="mono">x-signalbox-route: cache=exact; cache-ttl=1h</span>.
          </p>
          <Link className="button" href="/routes">Go to routes</Link>
        </EmptyState>
      ) : null}
      {data && data.routes.length > 0 ? <RouteTable routes={data.routes} open={open} purge={setPurging} /> : null}
      {open?.semantic ? <MeterCard route={open.route} meter={open.semantic} /> : null}
      {purging !== null ? <Purge route={purging} close={() => setPurging(null)} purged={reload} /> : null}
    </Page>
  );
}

function Missing({ error, retry }: { error: ApiError; retry: () => void }): JSX.Element {
  if (error.status !== 404) return <ErrorState error={error} retry={retry} />;
  return <EmptyState title="No answer cache"><p>
    {error.message} The section <span className="mono">cache</span> of signalbox.yaml turns it on.</p></EmptyState>;
}

function served(route: CacheRoute): number {
  return route.hits + route.semantic_hits + route.coalesced;
}

function Figures({ report }: { report: CacheReport }): JSX.Element {
  const hits = report.routes.reduce((sum, route) => sum + served(route), 0);
  const asked = hits + report.routes.reduce((sum, route) => sum + route.misses, 0);
  return (
    <dl className="figures">
      <div data-fact="saved">
        <dt>Saved since the start</dt><dd title={exactMoney(report.saved)}>{shortMoney(report.saved)}</dd>
      </div>
      <div data-fact="rate">
        <dt>Hit rate</dt>
        <dd>{asked > 0 ? percent(hits, asked) : "–"}<small>{count(hits)} of {count(asked)} calls that asked it</small>
        </dd>
      </div>
      <div><dt>Requests with an answer</dt><dd>{count(report.entries)}</dd></div>
      <div>
        <dt>Memory</dt>
        <dd>{bytes(report.bytes)}<small>of {bytes(report.limit_bytes)} for all projects</small>
          <Meter used={report.bytes} limit={report.limit_bytes}
            label={`${percent(report.bytes, report.limit_bytes)} of the memory`} />
        </dd>
      </div>
    </dl>
  );
}

function RouteTable({ routes, open, purge }: {
  routes: CacheRoute[];
  open: CacheRoute | null;
  purge: (route: string) => void;
}): JSX.Element {
  return (
    <section className="card" aria-label="By route">
      <header className="card-head"><h2>By route</h2></header>
      <div className="scroll-x">
        <table className="table keys">
          <thead>
            <tr>
              <th scope="col">Route</th><th scope="col" className="number">Hit rate</th>
              <th scope="col" className="number">Same request</th><th scope="col" className="number">Same meaning</th>
              <th scope="col" className="number">Shared</th><th scope="col" className="number">Misses</th>
              <th scope="col" className="number">Saved</th><th scope="col" className="number">Answers</th>
              <th scope="col">False hits</th><th scope="col"><span className="offscreen">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <tr key={route.route} aria-selected={route === open} data-cache={route.route}>
                <th scope="row">
                  <Link href={addressWith({ route: route.route })}>{oneLine(route.route) || "(none)"}</Link>
                </th>
                <td className="number">{route.hit_rate === null ? "–" : percent(route.hit_rate, 1)}</td>
                <td className="number">{count(route.hits)}</td><td className="number">{count(route.semantic_hits)}</td>
                <td className="number">{count(route.coalesced)}</td><td className="number">{count(route.misses)}</td>
                <td className="number">{exactMoney(route.saved, 4)}</td>
                <td className="number"
                  title={`${count(route.evicted)} made room, ${count(route.expired)} were too old`}>
                  {count(route.entries)} <span className="hint">{bytes(route.bytes)}</span>
                </td>
                <td>{route.semantic ? <FalseHits meter={route.semantic} /> : <span className="hint">exact only</span>}
                </td>
                <td className="actions">
                  <Link
                    className="button small"
                    href={`/requests?route=${encodeURIComponent(route.route)}&cache=${route.semantic_hits > 0 ? "semantic_hit" : "hit"}`}
                  >Hits</Link>{" "}
                  <button type="button" className="button small danger"
                    onClick={() => purge(route.route)}>Purge…</button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A rate with its 95 % interval and the target, on a scale that ends where the interval or twice the target does. */
function FalseHits({ meter }: { meter: CacheMeter }): JSX.Element {
  if (meter.false_hit_rate === null) return <span className="hint">none judged yet</span>;
  const end = Math.max(meter.false_hit_rate_high, meter.target * 2, 0.001) * 1.05;
  const at = (value: number): string => `${Math.min(99, (100 * value) / end)}%`;
  const text = `${percent(meter.false_hit_rate, 1)}, 95 % interval ${percent(meter.false_hit_rate_low, 1)} to `
    + `${percent(meter.false_hit_rate_high, 1)}, target ${percent(meter.target, 1)}`;
  return (
    <span className="row-flex" title={text}>
      <span className="interval-bar" role="img" aria-label={text}>
        <i style={{ left: at(meter.false_hit_rate_low), right: `calc(100% - ${at(meter.false_hit_rate_high)})` }} />
        <b style={{ left: at(meter.false_hit_rate) }} /><u style={{ left: at(meter.target) }} />
      </span>
      <span className="number">{percent(meter.false_hit_rate, 1)}</span>
    </span>
  );
}

function MeterCard({ route, meter }: { route: string; meter: CacheMeter }): JSX.Element {
  return (
    <section className="card" aria-label="False hits" data-meter={route}>
      <header className="card-head">
        <h2>How often hits by meaning are wrong · {oneLine(route)}</h2>
        <button
          type="button" className="button quiet small"
            onClick={() => go(addressWith({ route: null }), { replace: true })}
        >Close</button>
      </header>
      <dl className="figures">
        <div>
          <dt>False-hit rate</dt>
          <dd>
            {meter.false_hit_rate === null ? "–" : percent(meter.false_hit_rate, 1)}
            <small>
              95 % interval {percent(meter.false_hit_rate_low, 1)} – {percent(meter.false_hit_rate_high,
                1)}; target{" "}
              {percent(meter.target, 1)}
            </small>
          </dd>
        </div>
        <div>
          <dt>Judged</dt>
          <dd>
            {count(meter.judged)}
            <small>
              {count(meter.false)} false since the threshold changed; {count(meter.false_in_all)} of{" "}
              {count(meter.judged_in_all)} in all; {count(meter.undecided)} undecided
            </small>
          </dd>
        </div>
        <div><dt>Threshold now</dt><dd>{meter.threshold}<small>the route asks for {meter.configured}</small></dd></div>
        <div><dt>Sample</dt><dd>{percent(meter.sample, 1)}<small>of hits, and the first 20 after each change</small>
        </dd></div>
      </dl>
      {meter.history.length === 0 ? (
        <p className="card-note hint">The threshold never had to change.</p>
      ) : (
        <table className="table">
          <thead><tr><th scope="col">When</th><th scope="col">Threshold</th><th scope="col">Why</th></tr></thead>
          <tbody>
            {[...meter.history].reverse().map((one) => (
              <tr key={one.at}>
                <td className="number-left">{fullTime(one.at)}</td>
                <td className="number-left">{one.from} → <b>{one.to}</b></td>
                <td className="wrap">{oneLine(one.reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Purge({ route, close, purged }: { route: string; close: () => void; purged: () => void }): JSX.Element {
  const [only, setOnly] = useState(route);
  const [namespace, setNamespace] = useState("");
  const [done, setDone] = useState<number | null>(null);
  const action = useAction();
  const run = (): void => void action.run(async () => {
    const path = withParams("/cache", { route: only.trim(), namespace: namespace.trim() });
    setDone((await call<{ purged: number }>(path, { method: "DELETE" })).purged);
    purged();
  });
  const what = only.trim() === "" ? "all routes" : `the route ${oneLine(only)}`;
  return (
    <Dialog title="Purge the cache?" onClose={close}>
      {done === null ? (
        <div className="form">
          <p>Forgets the stored answers of {what}. The next calls go to the providers,
            and cost what they cost there.</p>
          <TextField label="Route" hint="empty for all" value={only} onChange={setOnly} />
          <TextField label="Namespace" hint="empty for all" value={namespace} onChange={setNamespace} />
          <p className="problem" role="alert">{action.problem}</p>
          <div className="form-actions">
            <button type="button" className="button" data-focus onClick={close}>Keep them</button>
            <button type="button" className="button danger-solid" disabled={action.busy} onClick={run}>
              {action.busy ? "Purging…" : "Purge answers"}
            </button>
          </div>
        </div>
      ) : (
        <div className="form">
          <p role="status">{count(done)} request{done === 1 ? "" : "s"} lost their stored answer.</p>
          <div className="form-actions"><button type="button" className="button" onClick={close}>Close</button></div>
        </div>
      )}
    </Dialog>
  );
}
