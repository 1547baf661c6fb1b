import { memo } from "react";
import type { RequestSummary } from "../api/types";
import { Link } from "../app/Link";
import { StatusBadge } from "../design/Status";
import { exactMoney } from "../format/money";
import { compact, count, duration } from "../format/numbers";
import { oneLine } from "../format/text";
import { listTime } from "../format/time";

/** One call in one line, from its summary alone. */
export const RequestRow = memo(function RequestRow(props: {
  row: RequestSummary; top: number; selected: boolean; fresh: boolean; today: Date; onPoint: (id: string) => void;
}): JSX.Element {
  const { row } = props;
  const usage = row.usage;
  return (
    <Link
      className={props.fresh ? "row fresh" : "row"} href={`/requests/${encodeURIComponent(row.id)}`}
      style={{ transform: `translateY(${props.top}px)` }}
      aria-current={props.selected ? "true" : undefined} data-id={row.id} tabIndex={props.selected ? 0 : -1}
      onFocus={() => props.onPoint(row.id)}
    >
      <time className="c-time" dateTime={row.started_at} title={row.started_at}>
        {listTime(row.started_at, props.today)}
      </time>
      <span className="c-status"><StatusBadge request={row} /></span>
      <span className="c-model" title={row.model ?? ""}>
        {oneLine(row.model) || <i className="hint">{row.endpoint}</i>}
      </span>
      <span className="c-preview">
        <span>{oneLine(row.input_preview)}</span>
        {row.status === "error"
          ? <span className="c-error">{oneLine(row.error_code)} {oneLine(row.error_message)}</span>
          : <span className="c-answer">{oneLine(row.output_preview)}</span>}
      </span>
      <span className="c-user" title={row.user ?? ""}>{oneLine(row.user)}</span>
      <span className="c-session" title={row.session ?? ""}>{oneLine(row.session)}</span>
      <span
        className="c-tokens number"
        title={`${count(usage.total_input)} in, ${count(usage.total_output)} out, ${usage.source}`}
      >
        {usage.source === "none" ? "–" : `${compact(usage.total_input)} → ${compact(usage.total_output)}`}
      </span>
      <span className="c-cost number">{exactMoney(row.cost_nanodollars, 6)}</span>
      <span className="c-latency number">{duration(row.duration_ms)}</span>
      <span className="c-ttft number">{duration(row.time_to_first_token_ms)}</span>
    </Link>
  );
});

/** The columns' names, in the rows' order. */
export function RowHeads(): JSX.Element {
  return (
    <div className="row-heads" aria-hidden="true">
      <span>Time</span>
      <span>Status</span>
      <span>Model</span>
      <span className="c-preview">Prompt and answer</span>
      <span className="c-user">User</span>
      <span className="c-session">Session</span>
      <span className="c-tokens number">
        Tokens
      </span><span className="c-cost number">Cost</span>
      <span className="number">Latency</span>
      <span className="c-ttft number">First token</span>
    </div>
  );
}
