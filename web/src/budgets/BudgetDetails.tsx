import type { BudgetHistory, BudgetState } from "../api/access";
import { withParams } from "../api/client";
import { useQuery } from "../api/query";
import type { Summary } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go } from "../app/location";
import { Icon } from "../design/Icon";
import { shortMoney } from "../format/money";
import { compact, count } from "../format/numbers";
import { oneLine } from "../format/text";
import { fullTime } from "../format/time";
import { amountText } from "../keys/rules";
import { BurnChart, WindowBars } from "./BurnChart";
import { inWords, ModeBadge, summaryGroup } from "./BudgetsScreen";
import { burnOf, type Burn } from "./burn";

/** A longer past than this is not drawn: a lifetime budget may have begun years ago. */
const longestMs = 400 * 86_400_000;

/** One rule: how it burns down, when it will be empty, and what earlier windows used. */
export function BudgetDetails({ state, name }: { state: BudgetState; name: string }): JSX.Element {
  const hasWindow = state.window_start !== null;
  const now = Date.now();
  const from = hasWindow ? Math.max(Date.parse(state.window_start ?? ""), now - longestMs) : 0;
  const group = summaryGroup(state.subject.kind);
  const summary = useQuery<Summary>(hasWindow && now - from > 60_000
    ? withParams("/summary", {
      from: Math.floor(from / 60_000) * 60_000, group_by: group, limit: 1,
      value: group === "total" ? null : state.subject.id,
    })
    : null, { everyMs: 30_000 });
  const history = useQuery<{ data: BudgetHistory[] }>(hasWindow
    ? withParams("/budgets/history", { kind: state.subject.kind, id: state.subject.id, rule: state.rule })
    : null);
  const burn = hasWindow ? burnOf(state, summary.data, now) : null;
  const past = history.data?.data[0];
  const text = (value: number): string => axisText(value, state.unit);
  return (
    <section className="card" aria-label={`Rule ${state.rule}`} data-details={state.rule}>
      <header className="card-head">
        <h2>{oneLine(name)} · <span className="mono">{oneLine(state.rule)}</span></h2>
        <span className="row-flex">
          <ModeBadge mode={state.mode} />
          {requestsLink(state)}
          <button
            type="button" className="button quiet small" aria-label="Close"
            onClick={() => go(addressWith({ rule: null }), { replace: true })}
          ><Icon name="close" size={12} /></button>
        </span>
      </header>
      <dl className="figures">
        <div><dt>Used</dt><dd>{amountText(state.used, state.unit)}</dd></div>
        <div><dt>Held by open calls</dt><dd>{amountText(state.reserved, state.unit)}</dd></div>
        <div><dt>Left</dt><dd>{amountText(state.remaining, state.unit)}</dd></div>
        {burn ? <div><dt>At this pace</dt><dd data-projection>{projection(burn, state.unit)}</dd></div> : null}
      </dl>
      {burn ? (
        <div className="burn">
          <BurnChart burn={burn} text={text} label={`${oneLine(name)}: ${plainProjection(burn, state.unit)}`} />
          <p className="hint">
            Line: what is left; dotted: an even pace; dashed: the pace of the last quarter of the time gone by. The shape
            is from the recorded calls{state.models.length > 0 ? " of all models" : ""}, the end is the ledger's own
            figure.
          </p>
          {past && past.windows.length > 1 ? (
            <>
              <h3>Earlier windows</h3>
              <WindowBars windows={past.windows} limit={Number(past.limit)} text={text} />
            </>
          ) : null}
        </div>
      ) : (
        <p className="card-note hint">
          A limit looks back from each moment, so it has no window to burn down.
          {state.resets_at ? ` Without further calls nothing is used any more at ${fullTime(state.resets_at)}.` : ""}
        </p>
      )}
    </section>
  );
}

function requestsLink(state: BudgetState): JSX.Element | null {
  const { kind, id } = state.subject;
  if (kind === "project" || kind === "organisation") return null;
  return <Link className="button small" href={`/requests?${kind}=${encodeURIComponent(id)}`}>Requests</Link>;
}

function axisText(value: number, unit: string): string {
  if (unit !== "money") return compact(value);
  return Math.abs(value) >= 1e9 ? shortMoney(Math.round(value)).replace(/\.\d+$/, "") : shortMoney(Math.round(value));
}

function projection(burn: Burn, unit: string): JSX.Element {
  if (burn.left <= 0) return <span className="worse">empty<small>the limit is reached</small></span>;
  if (burn.emptyAt !== null) {
    return (
      <span className={burn.end === null ? "" : "worse"}>
        empty {inWords(burn.emptyAt - burn.now)}<small>{fullTime(new Date(burn.emptyAt).toISOString())}</small>
      </span>
    );
  }
  if (burn.pace === 0) return <span>unused<small>nothing in the last quarter of the time</small></span>;
  return (
    <span className="better">
      lasts<small>about {roughly(burn.leftAtEnd ?? burn.left, unit)} left at the end</small>
    </span>
  );
}

function roughly(value: number, unit: string): string {
  return unit === "money" ? shortMoney(Math.round(value)) : count(Math.round(value));
}

function plainProjection(burn: Burn, unit: string): string {
  if (burn.left <= 0) return "the limit is reached";
  if (burn.emptyAt !== null) return `empty ${inWords(burn.emptyAt - burn.now)} at this pace`;
  return `${roughly(burn.left, unit)} left`;
}
