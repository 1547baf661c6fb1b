import type { Definition } from "../api/gateway";
import { isObject } from "./tree";

/** Changed definitions that are not saved, by route: going to another page and back does not lose them. */
const drafts = new Map<string, string>();

export function keptDraft(route: string): string | undefined {
  return drafts.get(route);
}

export function keepDraft(route: string, text: string | null): void {
  if (text === null) drafts.delete(route);
  else drafts.set(route, text);
}

export function dropDraft(route: string): void {
  drafts.delete(route);
}

/** What the visual chain can show: an object whose `targets`, at every depth, are lists of objects. */
export function usable(value: unknown): Definition | null {
  return isObject(value) && isTree(value) ? value : null;
}

function isTree(node: Definition): boolean {
  if (node.targets === undefined) return true;
  return Array.isArray(node.targets) && node.targets.every((one) => isObject(one) && isTree(one));
}
