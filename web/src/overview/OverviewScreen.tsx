import { useEffect, useMemo, useRef, useState } from "react";
import { withParams } from "../api/client";
import { useQuery, type Query } from "../api/query";
import type { Key } from "../api/access";
import type { Summary } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { rangeBounds, rangeOf, rangeParams, type Range } from "../app/range";
import { RangePicker } from "../app/RangePicker";
import { ErrorState, Loading, StaleNotice } from "../design/States";
import { Select } from "../design/Select";
import { count } from "../format/numbers";
import { FirstSteps } from "./FirstSteps";
import { groupings, namesOf, requestsAddress, withoutSuccesses } from "./groups";
import { GroupTable, TopTable } from "./GroupTable";
import { PanelGrid } from "./PanelGrid";
import { panelsFor } from "./panels";

/** How often a range that ends now is read again. */
const everyMs = 15_000;
const fallbackRange = "24h";
const environments = ["production", "staging", "dev"];

/** What do we spend, how much do we call, what fails and how fast is it: at a glance, and by anything. */
export function OverviewScreen(): JSX.Element {
  const place = usePlace();
  const now = useNow(everyMs);
  const range = rangeOf(place, fallbackRange);
  const group = groupings.find((one) => one.value === place.params.get("group"))?.value ?? "total";
  const environment = place.params.get("environment") ?? "";
  const base = { ...rangeBounds(range, now), environment };
  const summary = (by: string, limit = 20): string => withParams("/summary", { ...base, group_by: by, limit });
  const total = useKept(useQuery<Summary>(summary("total"), { everyMs }), "total");
  const grouped = useKept(useQuery<Summary>(group === "total" ? null : summary(group), { everyMs }), group);
  const keys = useQuery<{ data: Key[] }>("/keys", { fresh: false }).data?.data;
  const names = useMemo(() => namesOf(group, keys ?? []), [group, keys]);
  const choose = (next: Range): void => go(addressWith(rangeParams(next)));
  const controls = (
    <>
      <Select
        label="Environment" value={environment} onChange={(value) => go(addressWith({ environment: value }))}
        options={[
          { value: "", label: "All environments" },
          ...withCurrent(environments, environment).map((name) => ({ value: name, label: name })),
        ]}
      />
      <RangePicker
        range={range} onChange={choose} resetTo={{ kind: "relative", name: fallbackRange, ms: 86_400_000 }}
      />
    </>
  );
  return (
    <Page title="Overview" controls={controls}>
      <Body
        total={total} grouped={grouped} group={group} names={names} place={{ range, environment }}
        onBrush={(from, to) => choose({ kind: "fixed", from, to })} topPath={(by) => summary(by, 6)} keys={keys ?? []}
      />
    </Page>
  );
}

interface BodyProps {
  total: Query<Summary>;
  grouped: Query<Summary>;
  group: string;
  names: (value: string | null) => string;
  keys: Key[];
  place: { range: Range; environment: string };
  onBrush: (from: number, to: number) => void;
  topPath: (by: string) => string;
}

function Body({ total, grouped, group, names, keys, place, onBrush, topPath }: BodyProps): JSX.Element {
  const ready = total.data && (group === "total" || grouped.data);
  const drawn = useMemo(
    () => {
      if (!total.data) return null;
      return panelsFor(total.data, group !== "total" && grouped.data ? withoutSuccesses(grouped.data) : null, names);
    },
    [total.data, grouped.data, group, names],
  );
  const error = total.error ?? grouped.error;
  if (!ready || !drawn || !total.data) {
    if (!error) return <Loading rows={8} label="Loading the overview" />;
    return <ErrorState error={error} retry={total.error ? total.reload : grouped.reload} />;
  }
  if (total.data.totals.calls === 0) return <FirstSteps range={place.range} />;
  const tables = ["model", "user", "feature", "error"].filter((by) => by !== group).slice(-3);
  return (
    <>
      {error ? <StaleNotice error={error} retry={total.reload} /> : null}
      <div className="toolbar">
        <Select
          label="Group by" value={group}
          onChange={(value) => go(addressWith({ group: value === "total" ? null : value }))}
          options={groupings.map((one) => ({ value: one.value, label: one.value === "total"
            ? "Group by: nothing"
            : `Group by: ${one.label}` }))}
        />
        <span className="hint wide-only">Drag across a chart to choose a time range.</span>
        <Link className="button" href={requestsAddress(place, {})}>View {count(total.data.totals.calls)} requests</Link>
      </div>
      <PanelGrid panels={drawn.panels} buckets={drawn.buckets} grouped={group !== "total"} onBrush={onBrush} />
      <GroupTable group={group} fallbackPath={topPath("model")} grouped={grouped.data} names={names} place={place} />
      <div className="tops">
        {tables.map((by) => <TopTable key={by} by={by} path={topPath(by)} names={namesOf(by, keys)} place={place} />)}
      </div>
    </>
  );
}

function withCurrent(list: string[], current: string): string[] {
  return current === "" || list.includes(current) ? list : [...list, current];
}

/** The clock, moved on every so often while the page is visible. */
function useNow(step: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setNow(Date.now()), step);
    return () => clearInterval(timer);
  }, [step]);
  return now;
}

/** The last answer while the next is on its way, so that a new range or minute does not blank the screen. */
function useKept<T>(query: Query<T>, kind: string): Query<T> {
  const last = useRef<{ kind: string; data: T | undefined }>({ kind, data: undefined });
  if (last.current.kind !== kind) last.current = { kind, data: undefined };
  if (query.data !== undefined) last.current.data = query.data;
  return { ...query, data: query.data ?? last.current.data };
}
