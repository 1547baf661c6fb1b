import { useMemo } from "react";
import type { BudgetState, Key, SubjectKind } from "../api/access";
import { withParams } from "../api/client";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { Meter } from "../design/Meter";
import { Select } from "../design/Select";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { percent } from "../format/numbers";
import { oneLine } from "../format/text";
import { amountText, periodText } from "../keys/rules";
import { subjectKinds } from "../keys/subjects";
import { BudgetDetails } from "./BudgetDetails";

/** Money moves while one looks: as often as a person would reload. */
const everyMs = 5_000;

export function ruleId(state: BudgetState): string {
  return `${state.subject.kind}/${state.subject.id}/${state.rule}`;
}

/** Every rule with how full it is; one of them in detail. */
export function BudgetsScreen(): JSX.Element {
  const { params } = usePlace();
  const kind = params.get("kind") ?? "";
  const id = params.get("id") ?? "";
  const path = kind === "" && id === "" ? "/budgets" : withParams("/budgets", { kind, id, limit: 1_000 });
  const { data, error, reload } = useQuery<{ data: BudgetState[] }>(path, { everyMs });
  const keys = useQuery<{ data: Key[] }>("/keys", { fresh: false }).data?.data;
  const names = useMemo(() => new Map((keys ?? []).map((key) => [key.id, key.name])), [keys]);
  const all = useMemo(() => [...(data?.data ?? [])].sort((a, b) => fullness(b) - fullness(a)), [data]);
  const open = all.find((state) => ruleId(state) === params.get("rule")) ?? null;
  const choose = (state: BudgetState | undefined): void => {
    if (state) go(addressWith({ rule: ruleId(state) }), { replace: true });
  };
  const move = (by: number): void => {
    const at = open ? all.indexOf(open) : -1;
    choose(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
  };
  useShortcuts({
    j: () => move(1), k: () => move(-1), Escape: () => go(addressWith({ rule: null }), { replace: true }),
  });
  const controls = (
    <Select<string>
      label="Whose rules" value={kind}
      onChange={(to) => go(addressWith({ kind: to || null, id: null, rule: null }), { replace: true })}
      options={[
        { value: "", label: "All rules" }, { value: "key", label: "Keys" },
        ...subjectKinds.map((one) => ({ value: one.kind as string, label: one.title })),
      ]}
    />
  );
  return (
    <Page title="Budgets" controls={controls}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={6} label="Loading budgets" /> : null}
      {data && all.length === 0 ? <Empty filtered={kind !== "" || id !== ""} /> : null}
      {open ? <BudgetDetails key={ruleId(open)} state={open} name={nameOf(open, names)} /> : null}
      {all.length > 0 ? <BudgetTable all={all} open={open} names={names} choose={choose} /> : null}
    </Page>
  );
}

function Empty({ filtered }: { filtered: boolean }): JSX.Element {
  return (
    <EmptyState title={filtered ? "No rules here" : "No budgets yet"}>
      <p>Set a budget or a limit on a key, team, user, customer or project: how much, in which time, and what then.</p>
      <Link className="button" href="/keys">Go to keys</Link>
      {filtered ? <Link className="button" href="/budgets">Show all rules</Link> : null}
    </EmptyState>
  );
}

/** Settled and held of the limit; above 1 where a soft rule was passed. */
function fullness(state: BudgetState): number {
  const limit = Number(state.limit);
  return limit > 0 ? (Number(state.used) + Number(state.reserved)) / limit : 0;
}

export function nameOf(state: Pick<BudgetState, "subject">, names: Map<string, string>): string {
  const { kind, id } = state.subject;
  return `${kind} ${kind === "key" ? names.get(id) ?? id : id}`;
}

const modeLooks: Record<string, [string, string, string]> = {
  hard: ["error", "hard", "Calls are refused at the limit"],
  soft: ["warn", "soft", "Calls pass the limit with a warning"],
  shadow: ["plain", "shadow", "Only counted"],
};

export function ModeBadge({ mode }: { mode: string }): JSX.Element {
  const [look, word, title] = modeLooks[mode] ?? ["plain", oneLine(mode), ""];
  return <span className={`badge badge-${look}`} title={title}>{word}</span>;
}

function BudgetTable({ all, open, names, choose }: {
  all: BudgetState[];
  open: BudgetState | null;
  names: Map<string, string>;
  choose: (state: BudgetState) => void;
}): JSX.Element {
  return (
    <section className="card" aria-label="Rules">
      <div className="scroll-x">
        <table className="table keys budgets">
          <thead>
            <tr>
              <th scope="col">Whose</th><th scope="col">Rule</th><th scope="col">Full</th>
              <th scope="col" className="number">Used</th><th scope="col" className="number">Held</th>
              <th scope="col" className="number">Limit</th><th scope="col">Mode</th><th scope="col">Resets</th>
            </tr>
          </thead>
          <tbody>
            {all.map((state) => (
              <tr
                key={ruleId(state)} aria-selected={state === open} className="selectable" data-rule={ruleId(state)}
                onClick={() => choose(state)}
              >
                <th scope="row">
                  <Link href={addressWith({ rule: ruleId(state) })}>{oneLine(nameOf(state, names))}</Link>
                </th>
                <td className="mono">{oneLine(state.rule)}</td>
                <td><Meter
                  used={Number(state.used)} reserved={Number(state.reserved)} limit={Number(state.limit)}
                  label={`${percent(Number(state.used), Number(state.limit))} used`}
                /></td>
                <td className="number">{amountText(state.used, state.unit)}</td>
                <td className="number">{Number(state.reserved) === 0 ? "–" : amountText(state.reserved, state.unit)}
                </td>
                <td className="number">{amountText(state.limit, state.unit)}</td>
                <td><ModeBadge mode={state.mode} /></td>
                <td className="number-left">{resetText(state)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function resetText(state: BudgetState): string {
  if (state.period_ms && state.unit !== "parallel") return periodText(state.period_ms);
  if (state.unit === "parallel") return "as calls end";
  return state.window_end ? inWords(Date.parse(state.window_end) - Date.now()) : "never";
}

/** "in 3 d", "in 5 h", "in 12 min". */
export function inWords(ms: number): string {
  if (ms <= 0) return "now";
  const [days, hours, minutes] = [ms / 86_400_000, ms / 3_600_000, ms / 60_000];
  if (days >= 2) return `in ${Math.round(days)} d`;
  return hours >= 2 ? `in ${Math.round(hours)} h` : `in ${Math.max(1, Math.round(minutes))} min`;
}

/** The kinds that a summary can be split by; others are seen as the whole project. */
export function summaryGroup(kind: SubjectKind): string {
  return kind === "project" || kind === "organisation" ? "total" : kind;
}
