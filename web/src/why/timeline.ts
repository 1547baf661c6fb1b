import type { Why } from "../api/gateway";

export interface Bar {
  target: string;
  /** Milliseconds after the call began. */
  from: number;
  to: number;
  failed: boolean;
  hedge: boolean;
  note: string;
}

/** The failed attempts, and the one that answered: from its connection, or else the end of the last failure. */
export function timelineOf(why: Why): Bar[] {
  const bars = why.attempts.map((one): Bar => ({
    target: one.target, from: one.started_us / 1_000, to: Math.max(one.started_us, one.ended_us) / 1_000, failed: true,
    hedge: one.hedge === true,
    note: [one.hedge ? "hedge" : "", one.error?.replace(/_/g, " ") ?? "", one.message ?? ""].filter(Boolean).join(": "),
  }));
  const answered = why.answered_by ?? (bars.length === 0 && why.provider ? `${why.provider}/${why.upstream_model}`
    : null);
  const end = why.timing.ended_ms;
  if (answered === null || end === null || isFromCache(why)) return bars;
  const last = Math.max(0, ...bars.filter((bar) => !bar.hedge).map((bar) => bar.to));
  const from = bars.length > 0 ? last : why.timing.admitted_ms ?? 0;
  const failed = bars.length === 0 && why.status === "error";
  bars.push({ target: answered, from: Math.min(from, end), to: end, failed, hedge: false, note: "" });
  return bars;
}

function isFromCache(why: Why): boolean {
  return ["hit", "semantic_hit", "coalesced"].includes(why.cache?.verdict ?? "");
}
