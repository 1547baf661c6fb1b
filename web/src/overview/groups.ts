import type { Key } from "../api/access";
import type { Summary } from "../api/types";
import { rangeParams, type Range } from "../app/range";

/** What calls can be grouped by, and the list's filter of the same meaning. */
export const groupings = [
  { value: "total", label: "nothing", filter: null },
  { value: "model", label: "model", filter: "model" },
  { value: "provider", label: "provider", filter: "provider" },
  { value: "key", label: "key", filter: "key" },
  { value: "user", label: "user", filter: "user" },
  { value: "feature", label: "feature", filter: "feature" },
  { value: "tag", label: "tag", filter: "tag" },
  { value: "team", label: "team", filter: "team" },
  { value: "customer", label: "customer", filter: "customer" },
  { value: "route", label: "route", filter: "route" },
  { value: "error", label: "error", filter: "error_code" },
];

/** Errors are grouped by their code, and the server's group of successes is none of them. */
export function withoutSuccesses(summary: Summary): Summary {
  if (summary.group_by !== "error") return summary;
  return { ...summary, groups: summary.groups.filter((group) => group.value !== "ok" && group.value !== "") };
}

/** A group's value as people know it; calls without one are "(none)". */
export function namesOf(group: string, keys: Key[]): (value: string | null) => string {
  const byId = new Map(keys.map((key) => [key.id, key.name]));
  return (value) => {
    if (value === null || value === "") return "(none)";
    return group === "key" ? byId.get(value) ?? value : value;
  };
}

/** The list of requests of the same time and environment, filtered. */
export function requestsAddress(place: { range: Range; environment: string }, filters: Record<string, string>): string {
  const params = new URLSearchParams();
  if (place.environment !== "") params.set("environment", place.environment);
  for (const [name, value] of [...Object.entries(rangeParams(place.range)), ...Object.entries(filters)]) {
    if (value !== null) params.set(name, value);
  }
  const search = params.toString();
  return search === "" ? "/requests" : `/requests?${search}`;
}
