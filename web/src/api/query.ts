import { useCallback, useEffect, useReducer } from "react";
import { readDetail } from "../request/detail";
import { ApiError, call, callAll, callText, explained } from "./client";

interface Entry {
  data: unknown;
  error: ApiError | null;
  pending: Promise<void> | null;
  listeners: Set<() => void>;
}

/** Answers kept for going back at once; more than a person visits in one sitting, and small beside one answer. */
const maximumEntries = 60;
/** Lists that are shown, searched and joined as a whole. */
const wholeLists = new Set([
  "/keys", "/models", "/routes", "/teams", "/users", "/customers", "/projects", "/organisations", "/budgets",
]);
/** One request: its bodies are shown as the text they were sent as. */
const oneRequest = /^\/requests\/[^/?]+$/;
const entries = new Map<string, Entry>();

function entryFor(path: string): Entry {
  const known = entries.get(path);
  if (known) {
    entries.delete(path);
    entries.set(path, known);
    return known;
  }
  const made: Entry = { data: undefined, error: null, pending: null, listeners: new Set() };
  entries.set(path, made);
  for (const [oldest, entry] of entries) {
    if (entries.size <= maximumEntries) break;
    if (entry.listeners.size === 0 && oldest !== path) entries.delete(oldest);
  }
  return made;
}

/** Fetches a path anew and tells everybody who shows it; a call that is under way is shared. */
export function refresh(path: string): Promise<void> {
  const entry = entryFor(path);
  if (entry.pending) return entry.pending;
  entry.pending = fetched(path)
    .then((data) => {
      entry.data = data;
      entry.error = null;
    })
    .catch((error: unknown) => {
      entry.error = explained(error);
    })
    .then(() => {
      entry.pending = null;
      entry.listeners.forEach((listener) => listener());
    });
  return entry.pending;
}

function fetched(path: string): Promise<unknown> {
  if (wholeLists.has(path)) return callAll<unknown>(path);
  return oneRequest.test(path) ? callText(path).then(readDetail) : call<unknown>(path);
}

/** Fetches a path unless its answer is already here. */
export function prefetch(path: string): void {
  if (entryFor(path).data === undefined) void refresh(path);
}

/** The answer to a path if it is here, without asking for it. */
export function cached<T>(path: string): T | undefined {
  return entries.get(path)?.data as T | undefined;
}

/** Forgets everything: another key may see other things. */
export function forgetAll(): void {
  entries.clear();
}

export interface Query<T> {
  data: T | undefined;
  error: ApiError | null;
  loading: boolean;
  reload: () => void;
}

/**
 * The answer to `path`, shown from memory at once and fetched anew on mount (`fresh: false`: only if it is missing)
 * and then every `everyMs` while the page is visible. `null` asks for nothing.
 */
export function useQuery<T>(path: string | null, options: { everyMs?: number; fresh?: boolean } = {}): Query<T> {
  const [, rerender] = useReducer((n: number) => n + 1, 0);
  const { everyMs, fresh = true } = options;
  useEffect(() => {
    if (path === null) return;
    const entry = entryFor(path);
    entry.listeners.add(rerender);
    if (fresh || entry.data === undefined) void refresh(path);
    const timer = everyMs ? setInterval(() => document.hidden || void refresh(path), everyMs) : undefined;
    return () => {
      entry.listeners.delete(rerender);
      clearInterval(timer);
    };
  }, [path, everyMs, fresh]);
  const reload = useCallback(() => {
    if (path === null) return;
    void refresh(path);
    rerender();
  }, [path]);
  const entry = path === null ? undefined : entries.get(path);
  const data = entry?.data as T | undefined;
  const loading = path !== null
    && (entry === undefined || entry.pending !== null || (data === undefined && !entry.error));
  return { data, error: entry?.error ?? null, loading, reload };
}
