import type { Place } from "./location";

/** A time range: one of the presets up to now, two fixed ends, or everything. */
export type Range =
  | { kind: "relative"; name: string; ms: number }
  | { kind: "fixed"; from: number; to: number }
  | { kind: "all" };

const hour = 3_600_000;

export const presets: { name: string; ms: number; label: string }[] = [
  { name: "15m", ms: hour / 4, label: "Last 15 minutes" },
  { name: "1h", ms: hour, label: "Last hour" },
  { name: "6h", ms: 6 * hour, label: "Last 6 hours" },
  { name: "24h", ms: 24 * hour, label: "Last 24 hours" },
  { name: "7d", ms: 168 * hour, label: "Last 7 days" },
  { name: "30d", ms: 720 * hour, label: "Last 30 days" },
];

/** The range that an address names; `fallback` is a preset's name, or `all`. */
export function rangeOf(place: Place, fallback: string): Range {
  const from = instant(place.params.get("from"));
  const to = instant(place.params.get("to"));
  if (from !== null && to !== null && from < to) return { kind: "fixed", from, to };
  const name = place.params.get("range") ?? fallback;
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset) return { kind: "relative", name: preset.name, ms: preset.ms };
  const otherwise = presets.find((candidate) => candidate.name === fallback);
  return otherwise ? { kind: "relative", name: otherwise.name, ms: otherwise.ms } : { kind: "all" };
}

/** The address parameters of a range, with `null` for those to remove. */
export function rangeParams(range: Range): Record<string, string | null> {
  switch (range.kind) {
    case "relative": return { range: range.name, from: null, to: null };
    case "fixed": return { range: null, from: String(range.from), to: String(range.to) };
    case "all": return { range: null, from: null, to: null };
  }
}

/** The API's `from` and `to`. A moving start is cut to the minute, so that one minute's calls share an address. */
export function rangeBounds(range: Range, now: number): { from?: number; to?: number } {
  if (range.kind === "fixed") return { from: range.from, to: range.to };
  if (range.kind === "all") return {};
  return { from: Math.floor((now - range.ms) / 60_000) * 60_000 };
}

function instant(text: string | null): number | null {
  if (text === null || text === "") return null;
  const value = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(value) ? value : null;
}
