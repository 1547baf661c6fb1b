import { bucketsFor, spread, stepOf, type Buckets, type Series } from "../charts/series";
import type { Point, Quantiles, Summary, Values } from "../api/types";
import { compact, count, duration, percent } from "../format/numbers";
import { exactMoney, shortMoney } from "../format/money";

/** One chart of the overview: its headline, and its lines. */
export interface Panel {
  id: string;
  title: string;
  headline: string;
  /** The headline without rounding. */
  exact: string;
  note: string;
  kind: "bars" | "lines";
  series: Series[];
  axisText: (value: number) => string;
}

type Names = (value: string | null) => string;

/** Groups drawn apart; the rest is one grey layer. The palette has as many colours. */
const maximumLayers = 7;

/** Every panel from the totals and, unless grouped by "total", the groups. */
export function panelsFor(
  total: Summary, grouped: Summary | null, names: Names,
): { panels: Panel[]; buckets: Buckets } {
  const buckets = bucketsFor(Date.parse(total.from), Date.parse(total.to), stepOf[total.interval]);
  const plain = total.groups[0]?.points ?? [];
  const all = total.totals;
  const build = (pick: (values: Values) => number, text: (value: number) => string, ungrouped: Series[]): Series[] =>
    grouped ? layers(plain, grouped, buckets, names, pick, text) : ungrouped;
  const one = (
    label: string, color: number, pick: (values: Values) => number, text: (value: number) => string,
  ): Series =>
    ({ label, color, text, values: spread<Point>(plain, buckets, pick, 0) });
  const minutes = Math.max(1, (Date.parse(total.to) - Date.parse(total.from)) / 60_000);
  const money = (value: number): string => exactMoney(value);
  // A bar is a length, not an amount: rounding it is fine.
  const cost = (values: Values): number => Number(values.cost_nanodollars);
  const tokens = (values: Values): number => values.input_tokens + values.output_tokens;
  const panels: Panel[] = [
    {
      id: "cost",
      title: "Cost",
      headline: shortMoney(all.cost_nanodollars),
      exact: exactMoney(all.cost_nanodollars),
      kind: "bars",
      note: all.unpriced > 0 ? `${count(all.unpriced)} calls without a price` : "every call priced",
      series: build(cost, money, [one("Cost", 0, cost, money)]),
      axisText: axisMoney,
    },
    {
      id: "calls",
      title: "Calls",
      headline: count(all.calls),
      exact: count(all.calls),
      kind: "bars",
      note: `${compact(all.calls / minutes)} a minute`,
      series: build((v) => v.calls, count, [one("Calls", 0, (v) => v.calls, count)]), axisText: axisCount,
    },
    {
      id: "errors",
      title: "Errors",
      headline: percent(all.errors, all.calls),
      exact: `${count(all.errors)} of ${count(all.calls)} calls`,
      kind: "bars",
      note: `${count(all.errors)} failed, ${count(all.cancelled)} left early`,
      series: build(
        (v) => v.errors, count,
        [one("Errors", 4, (v) => v.errors, count), one("Caller left", 2, (v) => v.cancelled, count)],
      ),
      axisText: axisCount,
    },
    quantilePanel("latency", "Latency", all.latency_ms, (v) => v.latency_ms, plain, grouped, buckets, names),
    quantilePanel(
      "ttft", "Time to first token", all.time_to_first_token_ms, (v) => v.time_to_first_token_ms, plain, grouped,
      buckets, names,
    ),
    {
      id: "tokens", title: "Tokens", headline: compact(tokens(all)), exact: count(tokens(all)), kind: "bars",
      note: tokenNote(all),
      series: build(tokens, count, [
        one("Input", 0, (v) => Math.max(0, v.input_tokens - v.cached_tokens), count),
        one("Cached input", 6, (v) => v.cached_tokens, count), one("Output", 2, (v) => v.output_tokens, count),
      ]),
      axisText: axisCount,
    },
  ];
  return { panels, buckets };
}

function tokenNote(all: Values): string {
  const cached = percent(all.cached_tokens, all.input_tokens);
  return `${compact(all.input_tokens)} in (${cached} cached), ${compact(all.output_tokens)} out`;
}

function quantilePanel(
  id: string, title: string, all: Quantiles | null, pick: (values: Values) => Quantiles | null,
  plain: Point[], grouped: Summary | null, buckets: Buckets, names: Names,
): Panel {
  const quantile = (name: keyof Quantiles, color: number): Series => ({
    label: name, color, text: duration, values: spread(plain, buckets, (point) => pick(point)?.[name] ?? null, null),
  });
  const series = grouped
    ? grouped.groups.slice(0, maximumLayers).map((group, color): Series => ({
      label: names(group.value),
      color,
      text: duration,
      values: spread(group.points, buckets, (point) => pick(point)?.p95 ?? null, null),
    }))
    : [quantile("p50", 1), quantile("p95", 2), quantile("p99", 4)];
  return {
    id,
    title: grouped ? `${title}, p95` : title,
    headline: all ? `${grouped ? "" : "p95 "}${duration(all.p95)}` : "–",
    exact: "95th percentile of all calls",
    kind: "lines",
    series,
    axisText: axisDuration,
    note: all ? `p50 ${duration(all.p50)} · p99 ${duration(all.p99)}` : "nothing measured",
  };
}

/** Whether every call is in exactly one group: a call may have several tags, and most have no error. */
function isPartition(by: string): boolean {
  return by !== "tag" && by !== "error";
}

/** The largest groups as layers and, where groups are disjoint, the rest as "other". */
function layers(
  plain: Point[], grouped: Summary, buckets: Buckets, names: Names, pick: (values: Values) => number,
  text: (value: number) => string,
): Series[] {
  const top = grouped.groups.slice(0, maximumLayers).map((group, color): Series => ({
    label: names(group.value), color, text, values: spread<Point>(group.points, buckets, pick, 0),
  }));
  if (!isPartition(grouped.group_by) || grouped.groups.length <= maximumLayers) return top;
  const rest = spread<Point>(plain, buckets, pick, 0).map((value, index) =>
    Math.max(0, top.reduce((left, layer) => left - (layer.values[index] ?? 0), value ?? 0)));
  return [...top, { label: "Other", color: null, text, values: rest }];
}

/** Axis marks are round numbers: 1.50M reads as 1.5M. */
function axisCount(value: number): string {
  return compact(value).replace(/[\d.]+/, (digits) => String(Number(digits)));
}

function axisDuration(ms: number): string {
  if (ms === 0) return "0";
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}

function axisMoney(nanodollars: number): string {
  const dollars = nanodollars / 1e9;
  if (dollars === 0) return "$0";
  return dollars >= 1000 ? `$${compact(dollars)}` : `$${Number(dollars.toPrecision(2))}`;
}
