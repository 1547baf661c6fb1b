import type { WhatIfDelta, WhatIfFigures, WhatIfReport } from "../api/gateway";
import { exactMoney, shortMoney } from "../format/money";
import { count, duration, percent } from "../format/numbers";
import { oneLine } from "../format/text";
import { judgement } from "./question";

/** What would have been different, with intervals, and what the figures rest on. */
export function Report({ report }: { report: WhatIfReport }): JSX.Element {
  const total = report.total;
  return (
    <div className="stack" data-report aria-live="polite">
      <dl className="figures">
        <div data-fact="calls">
          <dt>Calls replayed</dt>
          <dd>{count(report.calls)}<small>of {count(report.recorded)} that match</small></dd>
        </div>
        <div><dt>Would go elsewhere</dt><dd>{count(total.moved)}<small>{count(total.refused)} would be refused</small>
        </dd></div>
        <div data-fact="cost"><dt>Cost</dt><dd>{moneyDelta(total)}<small>
        {shortMoney(total.baseline.cost_nanodollars)} →{" "}
          {shortMoney(total.changed.cost_nanodollars)}</small></dd></div>
        <div><dt>From the cache</dt><dd>{percent(total.cache_hits, total.calls)}<small>
        {count(total.cache_hits)} calls</small></dd></div>
      </dl>
      <section className="card" aria-label="By route">
        <header className="card-head"><h2>By route</h2><span className="hint">differences with 95 % intervals</span>
        </header>
        <div className="scroll-x">
          <table className="table keys">
            <thead>
              <tr>
                <th scope="col">Route</th><th scope="col" className="number">Calls</th>
                <th scope="col" className="number">Moved</th><th scope="col" className="number">Refused</th>
                <th scope="col">Cost</th><th scope="col">p50</th><th scope="col">p95</th><th scope="col">Errors</th>
              </tr>
            </thead>
            <tbody>{[...report.routes, total].map((one, at) => <Row key={at} one={one} isTotal={one === total} />)}
            </tbody>
          </table>
        </div>
      </section>
      <div className="tops">
        <section className="card" aria-label="Targets">
          <header className="card-head"><h2>Where calls would go</h2></header>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Target</th><th scope="col" className="number">Recorded</th>
                <th scope="col" className="number">Changed</th>
              </tr>
            </thead>
            <tbody>
              {report.targets.map((one) => (
                <tr key={one.target}>
                  <th scope="row" title={one.target}>{oneLine(one.target)}</th>
                  <td className="number">{count(one.baseline_calls)}</td><td className="number">
                  {count(one.changed_calls)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Lines title="What is assumed" lines={report.assumptions} />
        <Lines title="What the figures cover" lines={report.coverage} />
      </div>
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }): JSX.Element {
  return (
    <section className="card" aria-label={title}>
      <header className="card-head"><h2>{title}</h2></header>
      {lines.length === 0 ? <p className="card-note hint">Nothing to note.</p> : (
        <ul className="sentences card-body">{lines.map((line, at) => <li key={at}>{oneLine(line)}</li>)}</ul>
      )}
    </section>
  );
}

function Row({ one, isTotal }: { one: WhatIfFigures; isTotal: boolean }): JSX.Element {
  const money = (value: number): string => signed(value, (size) => shortMoney(BigInt(Math.round(size))));
  const points = (value: number): string => signed(value, (size) => `${(100 * size).toFixed(size < 0.01 ? 2 : 1)} pp`);
  return (
    <tr className={isTotal ? "total" : ""} data-what-if={one.route ?? "total"}>
      <th scope="row">{isTotal ? "All together" : oneLine(one.route)}</th>
      <td className="number">{count(one.calls)}</td><td className="number">{count(one.moved)}</td>
      <td className="number">{count(one.refused)}</td>
      <td title={`${exactMoney(one.baseline.cost_nanodollars)} → ${exactMoney(one.changed.cost_nanodollars)}`}>
        <Delta
          delta={one.delta.cost_nanodollars} text={money}
          from={shortMoney(one.baseline.cost_nanodollars)} to={shortMoney(one.changed.cost_nanodollars)}
        />
        {one.changed.unpriced > 0 ? <small className="hint"> {count(one.changed.unpriced)} unpriced</small> : null}
      </td>
      <td><Delta
        delta={one.delta.p50_ms} text={(value) => signed(value, duration)} from={duration(one.baseline.p50_ms)}
        to={duration(one.changed.p50_ms)}
      /></td>
      <td><Delta
        delta={one.delta.p95_ms} text={(value) => signed(value, duration)} from={duration(one.baseline.p95_ms)}
        to={duration(one.changed.p95_ms)}
      /></td>
      <td><Delta
        delta={one.delta.error_rate} text={points} from={rate(one.baseline.error_rate)}
          to={rate(one.changed.error_rate)}
      /></td>
    </tr>
  );
}

function rate(value: number | null): string {
  return value === null ? "–" : percent(value, 1);
}

function signed(value: number, text: (size: number) => string): string {
  return `${value < 0 ? "−" : value > 0 ? "+" : "±"}${text(Math.abs(value))}`;
}

function moneyDelta(total: WhatIfFigures): JSX.Element {
  const delta = total.delta.cost_nanodollars;
  if (!delta) return <>–</>;
  return <span className={judgement(delta)}>{signed(delta.value, (size) => shortMoney(BigInt(Math.round(size))))}
    </span>;
}

/** A difference, its interval under it, and in its title how both sides stand. */
function Delta({ delta, text, from, to }: {
  delta: WhatIfDelta | null;
  text: (value: number) => string;
  from: string;
  to: string;
}): JSX.Element {
  if (!delta) return <span className="hint" title={`${from} → ${to}`}>not known</span>;
  const verdict = judgement(delta);
  const word = verdict === "unclear" ? "could be chance" : verdict;
  return (
    <span className="delta" title={`${from} → ${to}, from ${count(delta.calls)} calls: ${word}`}>
      <b className={verdict}>{text(delta.value)}</b>
      <small className="hint">
        {delta.lower === null || delta.upper === null ? "no interval" : `${text(delta.lower)} … ${text(delta.upper)}`}
      </small>
    </span>
  );
}
