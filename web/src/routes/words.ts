/** What a route's members mean, for people. */

export const strategies: { value: string; label: string; help: string; link: string }[] = [
  { value: "fallback", label: "Fallback", help: "as written; each next one when those before it fail",
    link: "if it fails" },
  { value: "weighted", label: "Weighted", help: "at random by weight; the rest stand behind it", link: "or" },
  { value: "least_latency", label: "Least latency", help: "the less loaded of two taken at random", link: "or" },
  { value: "cheapest", label: "Cheapest", help: "by the price of this very call", link: "or" },
  { value: "least_busy", label: "Least busy", help: "by calls in flight", link: "or" },
  { value: "highest_throughput", label: "Highest throughput", help: "by tokens per second of five minutes",
    link: "or" },
  { value: "single", label: "Single", help: "the first one and no other", link: "never" },
  { value: "conditional", label: "Conditional", help: "the one that the first condition that holds names", link: "or" },
];

export function strategyOf(name: unknown): { value: string; label: string; help: string; link: string } {
  return strategies.find((one) => one.value === (name ?? "fallback"))
    ?? { value: String(name), label: String(name), help: "", link: "then" };
}

export const failureKinds = [
  "connect", "timeout", "rate_limited", "server_error", "authentication", "not_found", "context_window",
  "content_policy", "stream_broken", "invalid_answer", "bad_request",
];

export const timeouts: { name: string; label: string }[] = [
  { name: "connect", label: "Connect" }, { name: "first_byte", label: "First byte" },
  { name: "first_token", label: "First token" }, { name: "chunk_stall", label: "Between chunks" },
  { name: "total", label: "Whole attempt" },
];

/** A verdict of a decision as a word and a look. */
export function verdictWords(
  verdict: string, order?: number | null, after?: string | null,
): { word: string; look: "ok" | "accent" | "warn" | "plain" } {
  switch (verdict) {
    case "chosen": return { word: "chosen", look: "ok" };
    case "fallback": return { word: `fallback ${order ?? ""}`.trim(), look: "accent" };
    case "reserve": return { word: `only after ${(after ?? "a failure").replace(/_/g, " ")}`, look: "plain" };
    case "ruled_out": return { word: "ruled out", look: "warn" };
    default: return { word: verdict.replace(/_/g, " "), look: "plain" };
  }
}
