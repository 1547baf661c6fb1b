// React's types mention this; the app does not use it.
export interface Interaction {
  name: string;
}
