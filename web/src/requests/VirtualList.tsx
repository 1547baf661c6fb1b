import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { RequestFeed } from "./feed";
import { RequestRow } from "./RequestRow";

/** Rows kept above and below the window, so that a quick scroll does not show gaps. */
const overscan = 12;
/** The next page is asked for this many rows before the end. */
const lookahead = 60;
const wideRow = 36;
const narrowRow = 76;

/** Only the rows in the window are in the document; a hundred thousand loaded ones cost nothing more. */
export function VirtualList({ feed, onPoint }: { feed: RequestFeed; onPoint: (id: string) => void }): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: feed.scrollTop, height: 800 });
  const rowHeight = useNarrow() ? narrowRow : wideRow;
  const today = useToday();
  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const last = Math.min(feed.rows.length, Math.ceil((view.top + view.height) / rowHeight) + overscan);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    element.scrollTop = feed.scrollTop;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [feed]);

  useKeptPlace(frame, feed, rowHeight);
  useSelectedInView(frame, feed, rowHeight);

  useEffect(() => {
    if (last + lookahead >= feed.rows.length && feed.hasMore && !feed.loading && !feed.error) void feed.loadMore();
  }, [last, feed, feed.rows.length, feed.hasMore, feed.loading, feed.error]);

  return (
    <div
      className="rows" ref={frame} role="region" aria-label="Requests" data-loaded={feed.rows.length}
      onScroll={(event) => {
        feed.scrollTop = event.currentTarget.scrollTop;
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight });
      }}
    >
      <div className="rows-space" style={{ height: feed.rows.length * rowHeight }}>
        {feed.rows.slice(first, last).map((row, at) => (
          <RequestRow
            key={row.id} row={row} top={(first + at) * rowHeight} selected={row.id === feed.selected}
            fresh={feed.arrived.has(row.id)}
            today={today} onPoint={onPoint}
          />
        ))}
      </div>
    </div>
  );
}

/** Rows put in front move a scrolled list's content, not what the reader looks at. */
function useKeptPlace(frame: React.RefObject<HTMLDivElement>, feed: RequestFeed, rowHeight: number): void {
  const seen = useRef(feed.prepended);
  useLayoutEffect(() => {
    const added = feed.prepended - seen.current;
    seen.current = feed.prepended;
    if (added > 0 && frame.current && frame.current.scrollTop > 0) frame.current.scrollTop += added * rowHeight;
  }, [feed, feed.prepended, frame, rowHeight]);
}

function useSelectedInView(frame: React.RefObject<HTMLDivElement>, feed: RequestFeed, rowHeight: number): void {
  useEffect(() => {
    const element = frame.current;
    const index = feed.selected === null ? -1 : feed.indexOf(feed.selected);
    if (!element || index < 0) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [feed, feed.selected, frame, rowHeight]);
}

function useNarrow(): boolean {
  const [query] = useState(() => window.matchMedia("(max-width: 760px)"));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const onChange = (): void => setNarrow(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, [query]);
  return narrow;
}

/** Today, as of the last full minute; rows of yesterday show their day. */
function useToday(): Date {
  const [today, setToday] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setToday(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return today;
}
