/** One line or layer of a chart, a value per bucket; `null` is "nothing was measured". */
export interface Series {
  label: string;
  /** Index into the palette, or `null` for the grey of "other". */
  color: number | null;
  values: (number | null)[];
  /** A value as text; exact where it is money. */
  text: (value: number) => string;
}

/** Start times of buckets, all `step` milliseconds long. */
export interface Buckets {
  start: number;
  step: number;
  count: number;
}

export const stepOf = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Whole buckets that cover a range, at most a few thousand: a fixed range of years by minute is not a chart. */
export function bucketsFor(from: number, to: number, step: number): Buckets {
  const start = Math.floor(from / step) * step;
  return { start, step, count: Math.min(5_000, Math.max(1, Math.ceil((to - start) / step))) };
}

/** Values of points by bucket; buckets without a point have `empty`. */
export function spread<P extends { at: string }>(
  points: readonly P[], buckets: Buckets, value: (point: P) => number | null, empty: number | null,
): (number | null)[] {
  const out = new Array<number | null>(buckets.count).fill(empty);
  for (const point of points) {
    const index = Math.floor((Date.parse(point.at) - buckets.start) / buckets.step);
    if (index >= 0 && index < out.length) out[index] = value(point);
  }
  return out;
}

/** Joins each `factor` neighbours by adding, for bars that would be thinner than a hair. */
export function joined(values: readonly (number | null)[], factor: number): number[] {
  const out: number[] = new Array<number>(Math.ceil(values.length / factor)).fill(0);
  values.forEach((value, index) => {
    const at = Math.floor(index / factor);
    out[at] = (out[at] ?? 0) + (value ?? 0);
  });
  return out;
}
