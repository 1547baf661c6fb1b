// As much of csstype as React's types ask for; values are not checked, names are free.
export type Property<T> = T | (string & {});
export interface Properties<Length = string | number, Time = string> {
  [name: string]: Length | Time | undefined;
}
export interface PropertiesHyphen<Length = string | number, Time = string> extends Properties<Length, Time> {}
