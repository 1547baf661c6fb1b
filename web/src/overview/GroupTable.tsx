import { useQuery } from "../api/query";
import type { Summary, SummaryGroup } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import type { Range } from "../app/range";
import { ErrorState, Loading } from "../design/States";
import { exactMoney } from "../format/money";
import { compact, count, duration, percent } from "../format/numbers";
import { oneLine } from "../format/text";
import { groupings, requestsAddress, withoutSuccesses } from "./groups";

type Names = (value: string | null) => string;
interface Where {
  range: Range;
  environment: string;
}

interface Column {
  id: string;
  title: string;
  value: (group: SummaryGroup) => number;
  text: (group: SummaryGroup) => string;
}

/** A sum over calls of which none had a price is unknown, not zero. */
function costText(group: SummaryGroup): string {
  const { calls, unpriced, cost_nanodollars } = group.totals;
  return calls > 0 && unpriced === calls ? "–" : exactMoney(cost_nanodollars, 4);
}

const columns: Column[] = [
  { id: "calls", title: "Calls", value: (g) => g.totals.calls, text: (g) => count(g.totals.calls) },
  { id: "errors", title: "Errors", value: (g) => g.totals.errors / Math.max(1, g.totals.calls), text: (g) => percent(
    g.totals.errors, g.totals.calls,
  ) },
  { id: "input", title: "Input", value: (g) => g.totals.input_tokens, text: (g) => compact(g.totals.input_tokens) },
  { id: "cached",
  title: "Cached",
  value: (g) => g.totals.cached_tokens / Math.max(1, g.totals.input_tokens), text: (g) => percent(
    g.totals.cached_tokens, g.totals.input_tokens,
  ) },
  { id: "output", title: "Output", value: (g) => g.totals.output_tokens, text: (g) => compact(g.totals.output_tokens) },
  {
    id: "p50",
    title: "Latency p50",
    value: (g) => g.totals.latency_ms?.p50 ?? -1,
    text: (g) => duration(g.totals.latency_ms?.p50),
  },
  {
    id: "p95",
    title: "Latency p95",
    value: (g) => g.totals.latency_ms?.p95 ?? -1,
    text: (g) => duration(g.totals.latency_ms?.p95),
  },
  { id: "ttft", title: "First token", value: (g) => g.totals.time_to_first_token_ms?.p50 ?? -1, text: (g) => duration(
    g.totals.time_to_first_token_ms?.p50,
  ) },
  { id: "cost", title: "Cost", value: (g) => Number(g.totals.cost_nanodollars), text: costText },
];

/** Everything about each group in one sortable table; by model while nothing is grouped. */
export function GroupTable(
  props: { group: string; fallbackPath: string; grouped: Summary | undefined; names: Names; place: Where },
): JSX.Element | null {
  const { params } = usePlace();
  const isTotal = props.group === "total";
  const fallback = useQuery<Summary>(isTotal ? props.fallbackPath : null);
  const summary = isTotal ? fallback.data : props.grouped;
  const by = isTotal ? "model" : props.group;
  const names = isTotal ? (value: string | null) => value ?? "(none)" : props.names;
  if (!summary && fallback.error) return <ErrorState error={fallback.error} retry={fallback.reload} />;
  if (!summary) return <Loading rows={4} />;
  const sort = columns.find((column) => column.id === params.get("sort")) ?? columns[columns.length - 1];
  const groups = [...withoutSuccesses(summary).groups].sort((a, b) => (sort ? sort.value(b) - sort.value(a) : 0));
  const most = Math.max(1, ...groups.map((group) => Number(group.totals.cost_nanodollars)));
  return (
    <section className="card" aria-label={`By ${by}`}>
      <header className="card-head"><h2>By {by}</h2></header>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{by[0]?.toUpperCase()}{by.slice(1)}</th>
              {columns.map((column) => (
                <th
                  key={column.id} scope="col" className="number"
                  aria-sort={column.id === sort?.id ? "descending" : "none"}
                >
                  <button
                    type="button"
                    onClick={() => go(addressWith({ sort: column.id === "cost"
                      ? null
                      : column.id }), { replace: true })}
                  >
                    {column.title}
                  </button>
                </th>
              ))}
              <th scope="col" className="share"><span className="offscreen">Share of cost</span></th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.value ?? ""}>
                <th scope="row"><GroupLink by={by} group={group} names={names} place={props.place} /></th>
                {columns.map((column) => <td key={column.id} className="number">{column.text(group)}</td>)}
                <td className="share">
                <i style={{ width: `${(100 * Number(group.totals.cost_nanodollars)) / most}%` }} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function GroupLink(
  { by, group, names, place }: { by: string; group: SummaryGroup; names: Names; place: Where },
): JSX.Element {
  const filter = groupings.find((one) => one.value === by)?.filter;
  const name = oneLine(names(group.value));
  if (!filter || !group.value) return <span className="hint">{name}</span>;
  return <Link href={requestsAddress(place, { [filter]: group.value })} title={name}>{name}</Link>;
}

const titles: Record<string, string> = {
  model: "Top models", user: "Top users", feature: "Top features", error: "Top errors",
};

/** The few largest of one kind, each a link to its requests. */
export function TopTable(
  { by, path, names, place }: { by: string; path: string; names: Names; place: Where },
): JSX.Element {
  const { data: answer, error, reload } = useQuery<Summary>(path);
  const data = answer && withoutSuccesses(answer);
  return (
    <section className="card" aria-label={titles[by]}>
      <header className="card-head"><h2>{titles[by]}</h2></header>
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data && data.groups.length === 0 ? (
        <p className="card-empty hint">{by === "error" ? "No errors in this time." : "None in this time."}</p>
      ) : null}
      <table className="table">
        <tbody>
          {data?.groups.map((group) => (
            <tr key={group.value ?? ""}>
              <th scope="row"><GroupLink by={by} group={group} names={names} place={place} /></th>
              <td className="number">{count(group.totals.calls)}</td>
              <td className="number">{by === "error" ? "" : costText(group)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
