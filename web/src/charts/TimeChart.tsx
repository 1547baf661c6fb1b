import { useMemo, useRef } from "react";
import { oneLine } from "../format/text";
import { bucketTime, bucketTitle } from "../format/time";
import { drawing, type Drawing } from "./draw";
import { useHovered } from "./hover";
import type { Buckets, Series } from "./series";
import { useBrush } from "./useBrush";
import { useWidth } from "./width";

interface Props {
  label: string;
  kind: "bars" | "lines";
  series: Series[];
  buckets: Buckets;
  axisText: (value: number) => string;
  /** A range was brushed, in milliseconds since the epoch. */
  onBrush: (from: number, to: number) => void;
}

const height = 132;

/** Values over time: stacked bars or lines, one crosshair across charts, brushing to choose a range. */
export function TimeChart(props: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const drawn = useMemo(
    () => (width > 0 ? drawing(props.kind, props.series, props.buckets, width, height) : null),
    [props.kind, props.series, props.buckets, width],
  );
  return (
    <div className="chart" ref={frame}>
      {drawn ? <Plot {...props} drawn={drawn} width={width} /> : null}
    </div>
  );
}

function Plot(
  { label, series, buckets, axisText, onBrush, drawn, width }: Props & { drawn: Drawing; width: number },
): JSX.Element {
  const hovered = useHovered();
  const brush = useBrush(drawn, onBrush);
  const index = hovered === null ? null : drawn.indexAt(hovered);
  return (
    <>
      <svg width={width} height={height} role="img" aria-label={label} {...brush.handlers}>
        {drawn.yTicks.map((tick) => (
          <g key={tick.value} className="chart-grid">
            <line x1={drawn.left} x2={drawn.right} y1={tick.y} y2={tick.y} />
            <text x={drawn.left - 6} y={tick.y} dy="0.32em" textAnchor="end">{axisText(tick.value)}</text>
          </g>
        ))}
        {drawn.xTicks.map((tick) => (
          <text key={tick.at} className="chart-time" x={tick.x} y={height - 4} textAnchor="middle">
            {bucketTime(new Date(tick.at), buckets.step)}
          </text>
        ))}
        {drawn.layers.map((layer, at) => (
          <path
            key={at}
            className={`${drawn.kind === "bars" ? "chart-bar" : "chart-line"} series-${layer.color ?? "other"}`}
            d={layer.path}
          />
        ))}
        {index !== null ? (
          <line
            className="chart-cross" x1={drawn.middle(index)} x2={drawn.middle(index)} y1={drawn.top} y2={drawn.bottom}
          />
        ) : null}
        {brush.selection ? (
          <rect
            className="chart-brush" x={brush.selection[0]}
            width={Math.max(1, brush.selection[1] - brush.selection[0])} y={drawn.top}
            height={drawn.bottom - drawn.top}
          />
        ) : null}
      </svg>
      {index !== null && brush.inside ? <Tooltip drawn={drawn} index={index} series={series} width={width} /> : null}
    </>
  );
}

/** Series named in a tooltip; more would cover the chart. */
const maximumNamed = 8;

function Tooltip(
  { drawn, index, series, width }: { drawn: Drawing; index: number; series: Series[]; width: number },
): JSX.Element {
  const x = drawn.middle(index);
  const onLeft = x > width / 2;
  const rows = series
    .map((one, at) => ({ one, value: drawn.values[at]?.[index] ?? null }))
    .filter((row) => row.value !== null && (row.value !== 0 || series.length === 1))
    .slice(0, maximumNamed);
  return (
    <div className="tooltip" style={onLeft ? { right: width - x + 10 } : { left: x + 10 }} aria-hidden="true">
      <p>{bucketTitle(new Date(drawn.startOf(index)), drawn.step)}</p>
      {rows.map(({ one, value }) => (
        <div key={one.label} className="tooltip-row">
          <i className={`swatch series-${one.color ?? "other"}`} />
          <span>{oneLine(one.label)}</span>
          <b>{one.text(value ?? 0)}</b>
        </div>
      ))}
      {rows.length === 0 ? <div className="tooltip-row"><span>nothing</span></div> : null}
    </div>
  );
}
