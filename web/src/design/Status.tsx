import type { RequestSummary } from "../api/types";

/** The outcome as colour and word; colour is never the only sign. */
export function StatusBadge({ request }: { request: Pick<RequestSummary, "status" | "http_status"> }): JSX.Element {
  const label = request.status === "ok"
    ? "ok"
    : request.status === "error" ? `${request.http_status ?? "error"}` : "left";
  const title = request.status === "ok"
    ? "The caller received a complete answer"
    : request.status === "error" ? "The caller received an error" : "The caller left before the answer was complete";
  return <span className={`status status-${request.status}`} title={title}><i aria-hidden="true" />{label}</span>;
}
