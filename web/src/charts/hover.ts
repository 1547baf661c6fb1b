import { useSyncExternalStore } from "react";

/** The moment under the pointer, shared by all charts of a screen so that they read as one. */
let hovered: number | null = null;
const listeners = new Set<() => void>();

export function setHovered(at: number | null): void {
  if (at === hovered) return;
  hovered = at;
  listeners.forEach((listener) => listener());
}

export function useHovered(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hovered,
  );
}
