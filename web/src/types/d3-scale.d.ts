// As much of d3-scale as the charts use.
export interface ContinuousScale<Domain> {
  (value: Domain): number;
  invert(position: number): Domain;
  domain(): Domain[];
  ticks(count?: number): Domain[];
}
export interface LinearScale extends ContinuousScale<number> {
  domain(): number[];
  domain(ends: [number, number]): this;
  range(ends: [number, number]): this;
  nice(count?: number): this;
}
export interface TimeScale extends ContinuousScale<Date> {
  (value: Date | number): number;
  domain(): Date[];
  domain(ends: [Date, Date]): this;
  range(ends: [number, number]): this;
}
export function scaleLinear(): LinearScale;
export function scaleTime(): TimeScale;
