import { useQuery } from "../api/query";
import type { RequestDetail } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { CopyButton, copyText } from "../design/Copy";
import { Icon } from "../design/Icon";
import { Segmented } from "../design/Select";
import { ErrorState, Loading } from "../design/States";
import { StatusBadge } from "../design/Status";
import { exactMoney } from "../format/money";
import { count, duration } from "../format/numbers";
import { curlCommand } from "../format/shell";
import { oneLine } from "../format/text";
import { fullTime } from "../format/time";
import { lastFeed } from "../requests/feed";
import { WhyView } from "../why/WhyView";
import { Aside } from "./Aside";
import { ChatView } from "./ChatView";
import { useNeighbours, type Neighbours } from "./neighbours";
import { RawView } from "./RawView";

type View = "chat" | "why" | "raw";

/** One call: what was said, what it cost, where the time went, and what it belongs to. */
export function RequestScreen({ id }: { id: string }): JSX.Element {
  const place = usePlace();
  const chosen = place.params.get("view");
  const view: View = chosen === "raw" || chosen === "why" ? chosen : "chat";
  const { data: detail, error, reload } = useQuery<RequestDetail>(
    `/requests/${encodeURIComponent(id)}`, { fresh: false },
  );
  const neighbours = useNeighbours(id, detail);
  const step = (to: string | null): void => {
    if (to) go(addressWith({}, place, `/requests/${encodeURIComponent(to)}`), { replace: true });
  };
  const show = (to: View): void => go(addressWith({ view: to === "chat" ? null : to }), { replace: true });
  useShortcuts({
    j: () => step(neighbours.older),
    k: () => step(neighbours.newer),
    c: () => show("chat"),
    w: () => show("why"),
    r: () => show("raw"),
    y: () => detail && void copyText(curlCommand(detail, location.origin)),
    Escape: () => go(backAddress()),
  });
  const controls = <Controls detail={detail} view={view} show={show} neighbours={neighbours} step={step} />;
  return (
    <Page
      title={detail ? `${oneLine(detail.model) || "Request"} · request` : "Request"}
      heading={<Heading detail={detail} />} controls={controls}
    >
      {detail ? <Whole detail={detail} view={view} /> : error ? <ErrorState error={error} retry={reload} /> : <Loading
        rows={10} label="Loading the request"
      />}
    </Page>
  );
}

/** The list as it was left. */
function backAddress(): string {
  return lastFeed()?.returnAddress ?? "/requests";
}

function Heading({ detail }: { detail: RequestDetail | undefined }): JSX.Element {
  return (
    <div className="request-heading">
      <Link className="button quiet" href={backAddress()} aria-label="Back to requests" title="Back to requests (Esc)">
        <Icon name="left" />
      </Link>
      <h1>{detail ? oneLine(detail.model) || oneLine(detail.endpoint) : "Request"}</h1>
      {detail ? <StatusBadge request={detail} /> : null}
      {detail ? (
        <time className="hint" dateTime={detail.started_at} title={detail.started_at}>
          {fullTime(detail.started_at)}
        </time>
      ) : null}
    </div>
  );
}

function Controls(props: {
  detail: RequestDetail | undefined; view: View; show: (view: View) => void; neighbours: Neighbours;
  step: (to: string | null) => void;
}): JSX.Element {
  const { detail, neighbours } = props;
  return (
    <>
      <Segmented<View>
        label="View" value={props.view} onChange={props.show}
        options={[{ value: "chat", label: "Chat" }, { value: "why", label: "Why" }, { value: "raw", label: "Raw" }]}
      />
      {detail ? <CopyButton text={() => curlCommand(detail, location.origin)} label="Copy as curl" /> : null}
      <div className="stepper" role="group" aria-label="Neighbours">
        <button
          type="button" className="button" disabled={!neighbours.newer} onClick={() => props.step(neighbours.newer)}
          aria-label="Newer request" title="Newer (k)"
        >
          <Icon name="up" />
        </button>
        <button
          type="button" className="button" disabled={!neighbours.older} onClick={() => props.step(neighbours.older)}
          aria-label="Older request" title="Older (j)"
        >
          <Icon name="down" />
        </button>
        {neighbours.place ? <span className="hint number wide-only">{neighbours.place}</span> : null}
      </div>
    </>
  );
}

function Whole({ detail, view }: { detail: RequestDetail; view: View }): JSX.Element {
  const usage = detail.usage;
  const facts: [string, string, string][] = [
    ["Cost", exactMoney(detail.cost_nanodollars), "cost"], ["Latency", duration(detail.duration_ms), "latency"],
    ["First token", duration(detail.time_to_first_token_ms), "ttft"],
    ["Input tokens", usage.source === "none" ? "–" : count(usage.total_input), "input"],
    ["Output tokens", usage.source === "none" ? "–" : count(usage.total_output), "output"],
    ["Finish", oneLine(detail.finish_reason) || "–", "finish"],
  ];
  return (
    <>
      <dl className="headline">
        {facts.map(([name, value, key]) => <div key={key} data-fact={key}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      {detail.truncated ? (
        <p className="notice">The stored bodies are cut: they were longer than the server keeps.</p>
      ) : null}
      <div className="request">
        <div className="request-main">
          {view === "raw" ? <RawView detail={detail} /> : view === "why" ? <WhyView key={detail.id}
            detail={detail} /> : (
            <ChatView key={detail.id} detail={detail} />
          )}
        </div>
        <Aside detail={detail} />
      </div>
    </>
  );
}
