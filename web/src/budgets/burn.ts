import type { BudgetState } from "../api/access";
import type { Point, Summary } from "../api/types";

/** How a budget goes down over its window, and when it will be empty if things go on. */
export interface Burn {
  start: number;
  end: number | null;
  now: number;
  limit: number;
  /** What was left at each moment, from the full limit to what is left now. */
  line: { at: number; left: number }[];
  left: number;
  /** Units per millisecond over the last quarter of the time gone by. */
  pace: number;
  /** When nothing is left, at that pace; `null` where it lasts beyond the window or nothing is used. */
  emptyAt: number | null;
  /** What would be left when the window ends; `null` without an end. */
  leftAtEnd: number | null;
}

/** A rule's use in one point of a summary. */
export function usedIn(unit: string, point: Pick<Point,
  "cost_nanodollars" | "input_tokens" | "output_tokens" | "calls">): number {
  if (unit === "money") return Number(point.cost_nanodollars);
  return unit === "tokens" ? point.input_tokens + point.output_tokens : point.calls;
}

const stepMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The line has the shape of the recorded calls, and ends at the ledger's own figure: a rule for some models, or one
 * that was raised, would otherwise not meet it.
 */
export function burnOf(state: BudgetState, summary: Summary | undefined, now: number): Burn | null {
  const start = Date.parse(state.window_start ?? "");
  if (!Number.isFinite(start)) return null;
  const end = state.window_end ? Date.parse(state.window_end) : null;
  const limit = Number(state.limit);
  const used = Number(state.used);
  const step = summary ? stepMs[summary.interval] : 0;
  const points = (summary?.groups[0]?.points ?? [])
    .map((point) => ({ at: Math.min(now, Date.parse(point.at) + step), used: usedIn(state.unit, point) }))
    .filter((point) => point.at > start);
  const total = points.reduce((sum, point) => sum + point.used, 0);
  const first = Math.max(start, points[0] ? points[0].at - step : start);
  const line = [{ at: start, left: limit }];
  if (first > start && total > 0) line.push({ at: first, left: limit });
  let sum = 0;
  for (const point of total > 0 ? points : []) {
    sum += point.used;
    line.push({ at: point.at, left: limit - (used * sum) / total });
  }
  line.push({ at: now, left: limit - used });
  const left = limit - used;
  const pace = paceOf(line, start, now);
  const emptyAt = left <= 0 ? now : pace > 0 ? now + left / pace : null;
  return {
    start, end, now, limit, line, left, pace,
    emptyAt: emptyAt !== null && (end === null || emptyAt < end) ? emptyAt : null,
    leftAtEnd: end === null ? null : Math.max(0, left - pace * Math.max(0, end - now)),
  };
}

/** What was used in the last quarter of the time gone by, per millisecond. */
function paceOf(line: Burn["line"], start: number, now: number): number {
  const since = now - (now - start) / 4;
  const span = now - since;
  if (span <= 0) return 0;
  const last = line[line.length - 1]?.left ?? 0;
  return Math.max(0, (leftAt(line, since) - last) / span);
}

/** What was left at a moment, between two points in proportion. */
export function leftAt(line: Burn["line"], at: number): number {
  let before = line[0] ?? { at, left: 0 };
  for (const point of line) {
    if (point.at >= at) {
      const span = point.at - before.at;
      return span <= 0 ? point.left : before.left + ((point.left - before.left) * (at - before.at)) / span;
    }
    before = point;
  }
  return before.left;
}
