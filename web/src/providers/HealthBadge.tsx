import type { Health } from "../api/gateway";
import { duration, percent } from "../format/numbers";

/** A target's state in a word: whether calls go there. */
export function stateOf(health: Health,
  now = Date.now()): { word: string; look: "ok" | "warn" | "error"; help: string } {
  const until = health.cooling_until ? Date.parse(health.cooling_until) : 0;
  const left = until > now ? `, for another ${duration(until - now)}` : "";
  if (health.breaker === "open") return { word: "open", look: "error",
    help: `Too many failures: no calls go there${left}` };
  if (health.breaker === "half_open") {
    return { word: "probing", look: "warn", help: "A few calls try whether it works again" };
  }
  if (until > now) return { word: "cooling", look: "warn", help: `The provider asked to be left alone${left}` };
  return { word: "closed", look: "ok", help: "Calls go there" };
}

export function HealthBadge({ health }: { health: Health }): JSX.Element {
  const state = stateOf(health);
  return <span className={`badge badge-${state.look}`} title={state.help}>{state.word}</span>;
}

/** The same as a dot; its shape differs too, and its words are in the title. */
export function HealthDot({ health }: { health: Health }): JSX.Element {
  const state = stateOf(health);
  const errors = health.error_rate === null ? "" : `, ${percent(health.error_rate, 1)} errors`;
  const text = `${state.word}: ${state.help}${errors}`;
  return <span className="health-dots" title={text} role="img" aria-label={text}><i className={state.look} /></span>;
}
