import { scaleLinear, scaleTime } from "d3-scale";
import { line } from "d3-shape";
import { useRef } from "react";
import { useWidth } from "../charts/width";
import { bucketTime } from "../format/time";
import type { Burn } from "./burn";

const height = 190;
const left = 58;

/** What is left over time, the even pace, and where the present pace leads. */
export function BurnChart(
  { burn, label, text }: { burn: Burn; label: string; text: (value: number) => string },
): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  return <div ref={frame} className="burn-frame">{width > 80 ? <Plot {...{ burn, label, text, width }} /> : null}</div>;
}

function Plot(
  { burn, label, text, width }: { burn: Burn; label: string; text: (value: number) => string; width: number },
): JSX.Element {
  const ahead = burn.emptyAt ?? burn.end ?? burn.now;
  const end = burn.end ?? Math.max(burn.now + (burn.now - burn.start) / 3, Math.min(ahead, burn.now * 2 - burn.start));
  const bottom = height - 22;
  const x = scaleTime().domain([new Date(burn.start), new Date(end)]).range([left, width - 8]);
  const lowest = Math.min(0, burn.left);
  const y = scaleLinear().domain([lowest, Math.max(burn.limit, 1)]).range([bottom, 8]).nice(4);
  const stop = Math.min(ahead, end);
  const path = line<Burn["line"][number]>().x((point) => x(point.at)).y((point) => y(point.left));
  const span = end - burn.start;
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      {y.ticks(4).map((tick) => (
        <g key={tick} className="chart-grid">
          <line x1={left} x2={width - 8} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick)} dy="0.32em" textAnchor="end">{text(tick)}</text>
        </g>
      ))}
      {x.ticks(Math.max(2, Math.floor(width / 90))).filter((tick) => x(tick) < width - 26).map((tick) => (
        <text key={tick.getTime()} x={x(tick)} y={height - 5} textAnchor="middle">
          {bucketTime(tick, span > 3 * 86_400_000 ? 86_400_000 : 3_600_000)}
        </text>
      ))}
      <line className="burn-zero" x1={left} x2={width - 8} y1={y(0)} y2={y(0)} />
      {burn.end ? (
        <line className="burn-even" x1={x(burn.start)} y1={y(burn.limit)} x2={x(burn.end)} y2={y(0)} />
      ) : null}
      <path className="burn-line" d={path(burn.line) ?? ""} />
      {burn.left > 0 && stop > burn.now ? (
        <line
          className="burn-ahead" x1={x(burn.now)} y1={y(burn.left)} x2={x(stop)}
          y2={y(Math.max(0, burn.left - burn.pace * (stop - burn.now)))}
        />
      ) : null}
      <line className="burn-now" x1={x(burn.now)} x2={x(burn.now)} y1={8} y2={bottom} />
    </svg>
  );
}

/** Past windows as bars against the limit as it is now. */
export function WindowBars({ windows, limit, text }: {
  windows: { start: string; used: number | bigint }[];
  limit: number;
  text: (value: number) => string;
}): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const shown = windows.slice(-Math.max(4, Math.floor((width - left) / 14)));
  const most = Math.max(limit, 1, ...shown.map((one) => Number(one.used)));
  const y = scaleLinear().domain([0, most]).range([78, 6]);
  const slot = shown.length > 0 ? Math.min(40, (width - left - 8) / shown.length) : 0;
  return (
    <div ref={frame} className="burn-frame">
      {width > 80 ? (
        <svg width={width} height={84} role="img" aria-label={`${shown.length} past windows against the limit`}>
          <line className="burn-limit" x1={left} x2={width - 8} y1={y(limit)} y2={y(limit)} />
          <text x={left - 6} y={y(limit)} dy="0.32em" textAnchor="end">{text(limit)}</text>
          {shown.map((one, at) => (
            <rect
              key={one.start} className={Number(one.used) > limit ? "burn-bar over" : "burn-bar"}
              x={left + at * slot + 1} width={Math.max(2, slot - 3)} y={y(Number(one.used))}
              height={Math.max(1, 78 - y(Number(one.used)))}
            >
              <title>{`${one.start.slice(0, 16).replace("T", " ")} UTC: ${text(Number(one.used))}`}</title>
            </rect>
          ))}
        </svg>
      ) : null}
    </div>
  );
}
