import { useSyncExternalStore } from "react";
import { ApiError, call, explained, withParams, type Params } from "../api/client";
import { follow } from "../api/events";
import type { RequestPage, RequestSummary } from "../api/types";
import { parseAnswer } from "../format/json";

/** Rows per page: one answer well under 100 ms, ten screens of scrolling. */
const pageLength = 200;
/** Live rows held back while paused; beyond it the newest page is read again on resume. */
const maximumHeld = 1_000;

export type LiveState = { kind: "off" } | { kind: "connecting" } | { kind: "open" } | { kind: "down"; message: string };

/**
 * The list of requests under one set of filters: pages from the newest back, and new ones in front while live.
 * It outlives the screen, so that going back is immediate and a request's page knows its neighbours.
 */
export class RequestFeed {
  rows: RequestSummary[] = [];
  total: number | null = null;
  hasMore = true;
  loading = false;
  error: ApiError | null = null;
  live: LiveState = { kind: "off" };
  paused = false;
  held: RequestSummary[] = [];
  overflowed = false;
  /** Ids that arrived live a moment ago, to be highlighted. */
  arrived = new Set<string>();
  /** Rows put in front since the start, so that a scrolled list can stay where it is. */
  prepended = 0;
  scrollTop = 0;
  selected: string | null = null;
  /** The list's own address, for going back to it as it was. */
  returnAddress = "/requests";
  version = 0;

  private ids = new Set<string>();
  private cursor: string | null = null;
  private stop: (() => void) | null = null;
  private disposed = false;
  private listeners = new Set<() => void>();

  constructor(readonly address: string, private readonly params: Params) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    this.version += 1;
    this.listeners.forEach((listener) => listener());
  }

  /** Reads the next older page, unless one is on its way. */
  async loadMore(): Promise<void> {
    if (this.loading || !this.hasMore || this.disposed) return;
    this.loading = true;
    this.error = null;
    this.changed();
    try {
      const page = await this.page(this.cursor);
      for (const row of page.data) this.append(row);
      this.cursor = page.next_cursor;
      this.hasMore = page.next_cursor !== null;
      if (page.total !== undefined) this.total = page.total;
    } catch (error) {
      this.error = explained(error);
    }
    this.loading = false;
    this.changed();
  }

  /** Reads the newest page and puts what is new in front; starts over when too much is new to join up. */
  async refreshHead(): Promise<void> {
    if (this.loading || this.disposed) return;
    if (this.rows.length === 0) return this.loadMore();
    try {
      const page = await this.page(null);
      if (page.total !== undefined) this.total = page.total;
      if (page.data.length > 0 && !page.data.some((row) => this.ids.has(row.id))) {
        this.startOver(page);
      } else {
        this.prepend(page.data.filter((row) => !this.ids.has(row.id)), false);
      }
      this.error = null;
    } catch (error) {
      this.error = explained(error);
    }
    this.changed();
  }

  private startOver(page: RequestPage): void {
    this.rows = [];
    this.ids.clear();
    for (const row of page.data) this.append(row);
    this.cursor = page.next_cursor;
    this.hasMore = page.next_cursor !== null;
  }

  private page(cursor: string | null): Promise<RequestPage> {
    return call<RequestPage>(
      withParams("/requests", { ...this.params, limit: pageLength, cursor, count: cursor === null ? true : null }),
    );
  }

  private append(row: RequestSummary): void {
    if (this.ids.has(row.id)) return;
    this.ids.add(row.id);
    this.rows.push(row);
  }

  private prepend(rows: RequestSummary[], highlight: boolean): void {
    const fresh = rows.filter((row) => !this.ids.has(row.id));
    if (fresh.length === 0) return;
    for (const row of fresh) {
      this.ids.add(row.id);
      if (highlight) this.arrived.add(row.id);
    }
    this.rows = [...fresh, ...this.rows];
    this.prepended += fresh.length;
    if (highlight && this.total !== null) this.total += fresh.length;
  }

  setLive(on: boolean): void {
    if (on === (this.stop !== null)) return;
    if (!on) {
      this.stop?.();
      this.stop = null;
      this.live = { kind: "off" };
      this.resume();
      return;
    }
    this.live = { kind: "connecting" };
    this.stop = follow(withParams("/requests/live", { ...this.params, from: null, to: null }), {
      onOpen: () => {
        this.live = { kind: "open" };
        // What was stored while nobody listened.
        void this.refreshHead();
        this.changed();
      },
      onEvent: (data) => this.receive(data),
      onDown: (message) => {
        this.live = { kind: "down", message };
        this.changed();
      },
    });
    this.changed();
  }

  private receive(data: string): void {
    let row: RequestSummary;
    try {
      row = parseAnswer<RequestSummary>(data);
    } catch {
      return;
    }
    if (this.paused) {
      if (this.held.length < maximumHeld) this.held.unshift(row);
      else this.overflowed = true;
    } else {
      this.prepend([row], true);
    }
    this.changed();
  }

  pause(): void {
    this.paused = true;
    this.changed();
  }

  resume(): void {
    this.paused = false;
    this.prepend(this.held, true);
    this.held = [];
    if (this.overflowed) void this.refreshHead();
    this.overflowed = false;
    this.changed();
  }

  indexOf(id: string): number {
    return this.ids.has(id) ? this.rows.findIndex((row) => row.id === id) : -1;
  }

  dispose(): void {
    this.disposed = true;
    this.stop?.();
    this.stop = null;
  }
}

let current: RequestFeed | null = null;

/** The feed of these filters: the one shown last if they are the same, otherwise a new one. */
export function feedFor(address: string, params: () => Params): RequestFeed {
  if (current?.address === address) return current;
  current?.dispose();
  current = new RequestFeed(address, params());
  return current;
}

/** The feed shown last, for a request's neighbours. */
export function lastFeed(): RequestFeed | null {
  return current;
}

export function forgetFeed(): void {
  current?.dispose();
  current = null;
}

export function useFeed(feed: RequestFeed): void {
  useSyncExternalStore(feed.subscribe, () => feed.version);
}
