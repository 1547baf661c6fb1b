import type { BudgetStep, Why } from "../api/gateway";
import { useQuery } from "../api/query";
import type { RequestDetail } from "../api/types";
import { Link } from "../app/Link";
import { Meter } from "../design/Meter";
import { ErrorState, Loading } from "../design/States";
import { exactMoney } from "../format/money";
import { duration } from "../format/numbers";
import { oneLine } from "../format/text";
import { ModeBadge } from "../budgets/BudgetsScreen";
import { amountText } from "../keys/rules";
import { Changes, Decision } from "../routes/Decision";
import { routeAddress } from "../routes/RoutesScreen";
import { timelineOf } from "./timeline";

/** Why this call went where it went: in sentences first, then the evidence. */
export function WhyView({ detail }: { detail: RequestDetail }): JSX.Element {
  const { data, error, reload } = useQuery<Why>(`/requests/${encodeURIComponent(detail.id)}/why`, { fresh: false });
  if (!data) return error ? <ErrorState error={error} retry={reload} /> : <Loading rows={6}
    label="Loading the reasons" />;
  return (
    <div className="stack" data-why={data.id}>
      <section className="card" aria-label="In short">
        <header className="card-head">
          <h2>In short</h2>
          {data.route ? <Link className="button small" href={routeAddress(data.route)}>Route {oneLine(data.route)}
            </Link> : null}
        </header>
        <ul className="sentences card-body">{data.summary.map((one, at) => <li key={at}>{oneLine(one)}</li>)}</ul>
      </section>
      {data.cache ? <CacheCard cache={data.cache} /> : null}
      {data.routing ? (
        <section className="card" aria-label="Candidates">
          <header className="card-head"><h2>Candidates</h2></header>
          <Decision routing={data.routing} />
        </section>
      ) : null}
      <Attempts why={data} />
      {data.parameter_changes.length > 0 ? (
        <section className="card" aria-label="Parameters changed">
          <header className="card-head"><h2>Parameters changed</h2></header>
          <Changes changes={data.parameter_changes} />
        </section>
      ) : null}
      {data.budgets.length > 0 || data.notices.length > 0 ? <Budgets why={data} /> : null}
    </div>
  );
}

const cacheWords: Record<string, string> = {
  hit: "The same request was stored", semantic_hit: "A request that means the same was stored",
  coalesced: "An identical call was under way; both share its answer", miss: "Nothing was stored for this request",
  bypass: "The cache was kept out of this call", refresh: "Not looked for: the new answer replaces the stored one",
};

function CacheCard({ cache }: { cache: NonNullable<Why["cache"]> }): JSX.Element {
  return (
    <section className="card" aria-label="Cache">
      <header className="card-head"><h2>Answer cache</h2><span className="badge">{cache.verdict.replace(/_/g, " ")}
      </span></header>
      <dl className="facts">
        <div><dt>What happened</dt><dd>{cacheWords[cache.verdict] ?? oneLine(cache.verdict)}</dd></div>
        {cache.source ? (
          <div>
            <dt>Answer of</dt>
            <dd><Link className="mono" href={`/requests/${encodeURIComponent(cache.source)}`}>{cache.source}</Link></dd>
          </div>
        ) : null}
        {cache.saved_nanodollars !== null ? <div><dt>Saved</dt><dd>{exactMoney(cache.saved_nanodollars)}</dd>
          </div> : null}
      </dl>
    </section>
  );
}

function Attempts({ why }: { why: Why }): JSX.Element | null {
  const rows = timelineOf(why);
  if (rows.length === 0) return null;
  const end = Math.max(...rows.map((row) => row.to), why.timing.ended_ms ?? 0, 0.001);
  return (
    <section className="card" aria-label="Attempts">
      <header className="card-head">
        <h2>Attempts</h2><span className="hint number">
        {duration(end)}{why.continued ? ", continued on another target" : ""}</span>
      </header>
      <div className="timeline card-body">
        {rows.map((row, at) => (
          <div key={at} className="timeline-row" data-attempt={row.target}>
            <span className="timeline-name" title={row.target}>{oneLine(row.target)}</span>
            <span
              className="timeline-track" role="img"
              aria-label={`from ${duration(row.from)} to ${duration(row.to)}, ${row.failed ? "failed" : "answered"}`}
            >
              <i
                className={row.failed ? "failed" : row.hedge ? "hedge" : ""}
                style={{ left: `${(100 * row.from) / end}%`, width: `${(100 * (row.to - row.from)) / end}%` }}
              />
            </span>
            <span className="number">{duration(row.to - row.from)}</span>
            {row.note ? <span className="timeline-note">{oneLine(row.note)}</span> : null}
          </div>
        ))}
      </div>
    </section>
  );
}

function Budgets({ why }: { why: Why }): JSX.Element {
  return (
    <section className="card" aria-label="Budgets">
      <header className="card-head"><h2>Budgets before and after</h2></header>
      {why.notices.map((notice, at) => (
        <p key={at} className="card-note warn-text">{oneLine(notice.message)}</p>
      ))}
      {why.budgets.length > 0 ? (
        <div className="scroll-x">
          <table className="table keys">
            <thead>
              <tr>
                <th scope="col">Whose</th><th scope="col">Rule</th><th scope="col" className="number">Before</th>
                <th scope="col" className="number">This call</th><th scope="col" className="number">After</th>
                <th scope="col" className="number">Limit</th><th scope="col">Full</th><th scope="col">Mode</th>
              </tr>
            </thead>
            <tbody>{why.budgets.map((step, at) => <BudgetRow key={at} step={step} />)}</tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

function BudgetRow({ step }: { step: BudgetStep }): JSX.Element {
  const { kind, id } = step.subject;
  const address = `/budgets?${new URLSearchParams({ kind, id, rule: `${kind}/${id}/${step.rule}` }).toString()}`;
  return (
    <tr>
      <th scope="row"><Link href={address}>{oneLine(`${kind} ${id}`)}</Link></th>
      <td className="mono">{oneLine(step.rule)}</td>
      <td className="number">{amountText(step.before, step.unit)}</td>
      <td className="number">+{amountText(step.amount, step.unit)}</td>
      <td className="number">{amountText(step.after, step.unit)}</td>
      <td className="number">{amountText(step.limit, step.unit)}</td>
      <td><Meter
        used={Number(step.before)} reserved={Number(step.amount)} limit={Number(step.limit)}
          label="before, and this call"
      /></td>
      <td><ModeBadge mode={step.mode} /></td>
    </tr>
  );
}

