import type { Definition } from "../api/gateway";

/** A route's definition as a tree: `targets` of `targets`. Nothing here changes what it is given. */

/** Indexes from the root's `targets` down; the root itself is empty. */
export type Path = readonly number[];

export function isObject(value: unknown): value is Definition {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A node's members; things that are no objects are left to the JSON view. */
export function targetsOf(node: Definition): Definition[] {
  return Array.isArray(node.targets) ? node.targets.filter(isObject) : [];
}

export type NodeKind = "target" | "route" | "group";

export function kindOf(node: Definition): NodeKind {
  if ("targets" in node) return "group";
  return "route" in node ? "route" : "target";
}

export function nodeAt(root: Definition, path: Path): Definition | undefined {
  return path.reduce<Definition | undefined>((node, index) => (node ? targetsOf(node)[index] : undefined), root);
}

/** The tree with one node changed. */
export function updateAt(root: Definition, path: Path, change: (node: Definition) => Definition): Definition {
  const [first, ...rest] = path;
  if (first === undefined) return change(root);
  return { ...root, targets: targetsOf(root).map((node, at) => (at === first ? updateAt(node, rest, change) : node)) };
}

export function removeAt(root: Definition, path: Path): Definition {
  const last = path[path.length - 1];
  return updateAt(root, path.slice(0, -1), (node) => ({
    ...node, targets: targetsOf(node).filter((_, at) => at !== last),
  }));
}

export function addTo(root: Definition, group: Path, node: Definition): Definition {
  return updateAt(root, group, (parent) => ({ ...parent, targets: [...targetsOf(parent), node] }));
}

/** The tree with a node one place up or down among its neighbours, and where it is then. */
export function moveBy(root: Definition, path: Path, by: -1 | 1): { root: Definition; path: Path } {
  const at = path[path.length - 1] ?? 0;
  const parent = path.slice(0, -1);
  const list = [...targetsOf(nodeAt(root, parent) ?? {})];
  const to = at + by;
  const [one, other] = [list[at], list[to]];
  if (!one || !other) return { root, path };
  [list[at], list[to]] = [other, one];
  return { root: updateAt(root, parent, (node) => ({ ...node, targets: list })), path: [...parent, to] };
}

const ofMembers = ["name", "weight", "order", "when"];

/** A target becomes a group that holds it; its place in the outer group (weight, order, condition) stays outside. */
export function wrapped(node: Definition): Definition {
  const outer = Object.entries(node).filter(([name]) => ofMembers.includes(name) && name !== "name");
  const inner = Object.entries(node).filter(([name]) => !ofMembers.includes(name) || name === "name");
  return { ...Object.fromEntries(outer), strategy: "fallback", targets: [Object.fromEntries(inner)] };
}

/** An object with the member at a path of names set, or taken out; objects that become empty go with it. */
export function withMember(object: Definition, path: readonly string[], value: unknown): Definition {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  const present = object[name];
  const inner = rest.length === 0 ? value : withMember(isObject(present) ? present : {}, rest, value);
  const gone = inner === undefined || (rest.length > 0 && isObject(inner) && Object.keys(inner).length === 0);
  if (!gone) return { ...object, [name]: inner };
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

/** The place as the server names it: `targets[0].targets[1]`. */
export function placeOf(path: Path): string {
  return path.map((index) => `targets[${index}]`).join(".");
}

/** What the server found wrong, and where. */
export interface Problem {
  /** As in `placeOf`, with members behind it; empty for the whole. */
  place: string;
  text: string;
}

const members = [
  "name", "aliases", "strategy", "targets", "on_status", "falls_over", "cases", "default", "retry", "timeouts", "hedge",
  "stickiness", "on_stream_break", "context_window_fallback", "content_policy_fallback", "cache", "priority",
  "coalesce", "parameters", "require",
];
const placed = new RegExp(`(?:^|[\\s"\`(])(?:definition\\.)?((?:${members.join("|")})(?:[.[][^\\s:]*)?): ([\\s\\S]+)$`);

/** The place in the server's words, which begin with it: `targets[0].weight: A number is expected here.` */
export function problemOf(message: string): Problem {
  const found = placed.exec(message);
  return found?.[1] && found[2] ? { place: found[1], text: found[2] } : { place: "", text: message };
}

/** The steps of a place: `targets[0].weight` is `["targets", 0, "weight"]`. */
export function stepsOf(place: string): (string | number)[] {
  return place.split(/[.[]/).filter(Boolean).map((step) => (/^\d+\]$/.test(step) ? Number(step.slice(0, -1)) : step));
}

/** The problem if it lies at this node or at a member of it, but not at a node inside. */
export function problemAt(problem: Problem | null, path: Path): Problem | null {
  if (!problem) return null;
  const place = placeOf(path);
  const rest = place === "" ? problem.place : problem.place === place ? "" : problem.place.startsWith(`${place}.`)
    ? problem.place.slice(place.length + 1)
    : null;
  return rest === null || /^targets\[\d+\]/.test(rest) ? null : { place: rest, text: problem.text };
}

export function titleOf(node: Definition): string {
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  switch (kindOf(node)) {
    case "route": return text(node.route) || "(no route yet)";
    case "group": return text(node.name) || "Group";
    case "target": {
      const where = [text(node.provider) || "(no provider yet)", text(node.model)].filter(Boolean).join(" / ");
      return text(node.name) ? `${text(node.name)}: ${where}` : where;
    }
  }
}
