import { scaleLinear, scaleTime } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import { joined, type Buckets, type Series } from "./series";

/** A chart as geometry: everything that depends on data and size, nothing that depends on the pointer. */
export interface Drawing {
  kind: "bars" | "lines";
  left: number;
  right: number;
  top: number;
  bottom: number;
  step: number;
  layers: { path: string; color: number | null }[];
  /** Per series, the drawn values (joined where buckets were). */
  values: (number | null)[][];
  yTicks: { value: number; y: number }[];
  xTicks: { at: number; x: number }[];
  indexAt: (time: number) => number | null;
  startOf: (index: number) => number;
  middle: (index: number) => number;
  timeAt: (x: number) => number;
}

/** Thinner bars cannot be told apart or pointed at. */
const thinnestBar = 4;
const axisWidth = 46;
const labelSpacing = 84;

export function drawing(
  kind: "bars" | "lines", series: Series[], buckets: Buckets, width: number, height: number,
): Drawing {
  const [left, right, top, bottom] = [axisWidth, width - 6, 6, height - 20];
  const factor = kind === "bars" ? Math.max(1, Math.ceil((buckets.count * thinnestBar) / (right - left))) : 1;
  const step = buckets.step * factor;
  const values = kind === "bars" ? series.map((one) => joined(one.values, factor)) : series.map((one) => one.values);
  const count = Math.ceil(buckets.count / factor);
  const end = buckets.start + count * step;
  const x = scaleTime().domain([new Date(buckets.start), new Date(end)]).range([left, right]);
  const y = scaleLinear().domain([0, Math.max(
    highest(kind, values, count), Number.MIN_VALUE,
  )]).range([bottom, top]).nice(3);
  const startOf = (index: number): number => buckets.start + index * step;
  const middle = (index: number): number => x(startOf(index) + step / 2);
  return {
    kind, left, right, top, bottom, step, values, startOf, middle,
    layers: paths(
      kind, values, (v) => y(v), middle, ((right - left) / count),
    ).map((path, at) => ({ path, color: series[at]?.color ?? null })),
    yTicks: highest(kind, values, count) > 0
      ? y.ticks(3).map((value) => ({ value, y: y(value) }))
      : [{ value: 0, y: bottom }],
    xTicks: x.ticks(Math.max(2, Math.floor((right - left) / labelSpacing)))
      .map((tick) => ({ at: tick.getTime(), x: x(tick) }))
      .filter((tick) => tick.x > left + 14 && tick.x < right - 14),
    indexAt: (time) => {
      const index = Math.floor((time - buckets.start) / step);
      return index >= 0 && index < count ? index : null;
    },
    timeAt: (position) => x.invert(Math.min(right, Math.max(left, position))).getTime(),
  };
}

function highest(kind: "bars" | "lines", values: (number | null)[][], count: number): number {
  let most = 0;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (const layer of values) {
      const value = layer[index] ?? 0;
      sum = kind === "bars" ? sum + value : Math.max(sum, value);
    }
    most = Math.max(most, sum);
  }
  return most;
}

function paths(
  kind: "bars" | "lines", values: (number | null)[][], y: (value: number) => number,
  middle: (index: number) => number, slot: number,
): string[] {
  return kind === "bars" ? stacked(values, y, middle, slot) : values.map((layer) => lines(layer, y, middle));
}

/** One path per layer, each bar a rectangle in it: a thousand bars are six elements. */
function stacked(
  values: (number | null)[][], y: (value: number) => number, middle: (index: number) => number, slot: number,
): string[] {
  const base: number[] = [];
  const bar = Math.max(1, slot - (slot > 6 ? 2 : 1));
  return values.map((layer) => {
    let path = "";
    layer.forEach((value, index) => {
      if (!value) return;
      const from = base[index] ?? 0;
      base[index] = from + value;
      const [low, high] = [y(from), y(from + value)];
      const left = middle(index) - bar / 2;
      path += `M${left.toFixed(1)},${low.toFixed(1)}h${bar.toFixed(1)}V${high.toFixed(1)}h${(-bar).toFixed(1)}z`;
    });
    return path;
  });
}

/** A line with gaps where nothing was measured; a lone point becomes a dot. */
function lines(layer: (number | null)[], y: (value: number) => number, middle: (index: number) => number): string {
  const known = (index: number): boolean => layer[index] !== null && layer[index] !== undefined;
  const path = line<number>()
    .defined(known).x(middle).y((index) =>
      y(layer[index] ?? 0)).curve(curveMonotoneX)(layer.map((_, index) => index)) ?? "";
  const dots = layer.map((_, index) => {
    const isLone = known(index) && !known(index - 1) && !known(index + 1);
    if (!isLone) return "";
    return `M${(middle(index) - 1).toFixed(1)},${y(layer[index] ?? 0).toFixed(1)}a1,1 0 1,0 2,0a1,1 0 1,0 -2,0`;
  });
  return path + dots.join("");
}
