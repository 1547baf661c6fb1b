// React's types mention these; the app does not use them.
export type Validator<T> = (props: { [key: string]: unknown }, name: string, component: string) => Error | null | T;
export type Requireable<T> = Validator<T | undefined | null>;
export type ValidationMap<T> = { [K in keyof T]?: Validator<T[K]> };
export type ReactNodeLike = unknown;
export type ReactElementLike = unknown;
export type ReactComponentLike = unknown;
export type WeakValidationMap<T> = ValidationMap<T>;
export type InferProps<V> = { [K in keyof V]: unknown };
