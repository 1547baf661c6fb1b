import { useEffect, useMemo, useReducer } from "react";
import { addressWith, go, usePlace, type Place } from "../app/location";
import { Link } from "../app/Link";
import { Page } from "../app/Page";
import { rangeBounds, rangeOf, rangeParams } from "../app/range";
import { RangePicker } from "../app/RangePicker";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../design/Icon";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { count } from "../format/numbers";
import { feedFor, useFeed, type RequestFeed } from "./feed";
import { FilterBar } from "./FilterBar";
import { tokensOf } from "./filters";
import { RowHeads } from "./RequestRow";
import { VirtualList } from "./VirtualList";

/** What was asked and answered, newest first: filtered, followed live, and walked with j and k. */
export function RequestsScreen(): JSX.Element {
  const place = usePlace();
  const live = place.params.get("live") === "1";
  const range = rangeOf(place, "all");
  const feed = useMemo(() => feedOf(place), [place]);
  useFeed(feed);
  const [, rerender] = useReducer((n: number) => n + 1, 0);
  useEffect(() => void feed.refreshHead(), [feed]);
  useEffect(() => {
    feed.returnAddress = addressWith({}, place);
  }, [feed, place]);
  useEffect(() => {
    feed.setLive(live);
    return () => feed.setLive(false);
  }, [feed, live]);

  const toggleLive = (): void => go(addressWith({ live: live ? null : "1" }), { replace: true });
  const togglePause = (): void => (feed.paused ? feed.resume() : feed.pause());
  const select = (id: string | null): void => {
    feed.selected = id;
    rerender();
  };
  const move = (by: number): void => {
    const at = feed.selected === null ? -1 : feed.indexOf(feed.selected);
    const next = feed.rows[Math.max(0, Math.min(feed.rows.length - 1, at < 0 ? 0 : at + by))];
    if (next) select(next.id);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => feed.selected && go(`/requests/${encodeURIComponent(feed.selected)}`),
    Escape: () => select(null),
    l: toggleLive,
    p: () => live && togglePause(),
  });
  const controls = (
    <>
      <RangePicker
        range={range} withAll resetTo={{ kind: "all" }} onChange={(next) => go(addressWith(rangeParams(next)))}
      />
      <LiveControls feed={feed} live={live} toggleLive={toggleLive} togglePause={togglePause} />
    </>
  );
  return (
    <Page title="Requests" controls={controls} className="page-full">
      <FilterBar feed={feed} />
      {feed.error && feed.rows.length > 0 ? (
        <StaleNotice error={feed.error} retry={() => void feed.refreshHead()} />
      ) : null}
      <List
        feed={feed} filtered={tokensOf(place).length > 0 || range.kind !== "all"} live={live}
        onPoint={(id) => feed.selected !== id && select(id)}
      />
      <footer className="rows-foot">
        <span>{feed.total === null ? "" : `${count(feed.total)} request${feed.total === 1 ? "" : "s"}`}</span>
        <span className="wide-only"><kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open <kbd>/</kbd> filter</span>
        <span>{feed.loading ? "Loading…" : feed.hasMore ? `${count(feed.rows.length)} loaded` : ""}</span>
      </footer>
    </Page>
  );
}

function List(
  { feed, filtered, live, onPoint }: {
    feed: RequestFeed;
    filtered: boolean;
    live: boolean;
    onPoint: (id: string) => void;
  },
): JSX.Element {
  if (feed.rows.length > 0) return (
    <div className="list"><RowHeads /><VirtualList feed={feed} onPoint={onPoint} /></div>
  );
  if (feed.error) return <ErrorState error={feed.error} retry={() => void feed.loadMore()} />;
  if (feed.loading || feed.hasMore) return <Loading rows={14} label="Loading requests" />;
  if (live) return (
    <EmptyState title="Listening">
      <p>Nothing has matched yet. New requests appear here as they are stored.</p>
    </EmptyState>
  );
  if (filtered) {
    return (
      <EmptyState title="No request matches">
        <p>Remove a filter, or choose a longer time.</p>
        <Link className="button" href="/requests">Clear all filters</Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No requests yet">
      <p>The overview has a command to send the first one.</p>
      <Link className="button" href="/">Send the first call</Link>
    </EmptyState>
  );
}

function LiveControls(
  props: { feed: RequestFeed; live: boolean; toggleLive: () => void; togglePause: () => void },
): JSX.Element {
  const { feed, live } = props;
  const state = feed.live.kind;
  const waiting = feed.overflowed ? `${count(feed.held.length)}+` : count(feed.held.length);
  return (
    <>
      {live && feed.live.kind === "down" ? (
        <span className="live-down" role="status" title={feed.live.message}>Reconnecting…</span>
      ) : null}
      {live ? (
        <button type="button" className="button" onClick={props.togglePause} title="Pause or go on (p)">
          <Icon name={feed.paused ? "play" : "pause"} size={13} />{feed.paused ? `Resume · ${waiting} new` : "Pause"}
        </button>
      ) : null}
      <button
        type="button" className="button live-button" aria-pressed={live} onClick={props.toggleLive}
        title="Follow new requests (l)"
      >
        <i className={`live-dot live-${feed.paused ? "paused" : state}`} aria-hidden="true" />Live
      </button>
    </>
  );
}

/** The feed that an address names. Its identity leaves out `live`, which is a mode and not a filter. */
function feedOf(place: Place): RequestFeed {
  const range = rangeOf(place, "all");
  const filters = Object.fromEntries(tokensOf(place).map((token) => [token.field.name, token.value]));
  const identity = new URLSearchParams({ ...filters, range: JSON.stringify(range) }).toString();
  return feedFor(identity, () => ({ ...filters, ...rangeBounds(range, Date.now()) }));
}
