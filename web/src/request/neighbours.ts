import { useEffect, useState } from "react";
import { call, withParams } from "../api/client";
import { prefetch } from "../api/query";
import type { RequestDetail, RequestPage } from "../api/types";
import { lastFeed } from "../requests/feed";

export interface Neighbours {
  newer: string | null;
  older: string | null;
  /** "3 of 120" in the list it was opened from. */
  place: string | null;
}

/** Rows before the end of the loaded list at which the next page is asked for. */
const lookahead = 5;

/** The calls before and after: in the list it was opened from, otherwise by time. Both are fetched ahead. */
export function useNeighbours(id: string, detail: RequestDetail | undefined): Neighbours {
  const feed = lastFeed();
  const index = feed ? feed.indexOf(id) : -1;
  const [byTime, setByTime] = useState<{ id: string; newer: string | null; older: string | null } | null>(null);
  useEffect(() => {
    if (feed && index >= 0) {
      feed.selected = id;
      if (index + lookahead >= feed.rows.length) void feed.loadMore();
      return;
    }
    if (!detail || detail.id !== id) return;
    let current = true;
    void around(detail).then((found) => current && setByTime({ id, ...found }));
    return () => {
      current = false;
    };
  }, [feed, index, id, detail]);
  const inFeed = feed && index >= 0;
  const newer = inFeed ? feed.rows[index - 1]?.id ?? null : byTime?.id === id ? byTime.newer : null;
  const older = inFeed ? feed.rows[index + 1]?.id ?? null : byTime?.id === id ? byTime.older : null;
  useEffect(() => {
    if (!detail) return;
    if (older) prefetch(`/requests/${encodeURIComponent(older)}`);
    if (newer) prefetch(`/requests/${encodeURIComponent(newer)}`);
  }, [detail, older, newer]);
  return { newer, older, place: inFeed ? `${index + 1} of ${feed.total ?? feed.rows.length}` : null };
}

async function around(detail: RequestDetail): Promise<{ newer: string | null; older: string | null }> {
  const other = (page: RequestPage): string | null => page.data.find((row) => row.id !== detail.id)?.id ?? null;
  try {
    const [after, before] = await Promise.all([
      call<RequestPage>(withParams("/requests", { from: detail.started_at, order: "asc", limit: 2 })),
      call<RequestPage>(withParams("/requests", { to: detail.started_at, limit: 1 })),
    ]);
    return { newer: other(after), older: other(before) };
  } catch {
    // Stepping is a convenience: without it the page is still whole.
    return { newer: null, older: null };
  }
}
