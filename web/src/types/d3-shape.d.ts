// As much of d3-shape as the charts use.
export interface CurveFactory {
  (context: unknown): unknown;
}
export interface Line<Datum> {
  (data: readonly Datum[]): string | null;
  x(value: (datum: Datum) => number): this;
  y(value: (datum: Datum) => number): this;
  defined(test: (datum: Datum) => boolean): this;
  curve(factory: CurveFactory): this;
}
export interface Area<Datum> {
  (data: readonly Datum[]): string | null;
  x(value: (datum: Datum) => number): this;
  y0(value: (datum: Datum) => number): this;
  y1(value: (datum: Datum) => number): this;
  curve(factory: CurveFactory): this;
}
export function line<Datum>(): Line<Datum>;
export function area<Datum>(): Area<Datum>;
export const curveMonotoneX: CurveFactory;
export const curveLinear: CurveFactory;
