import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const storageName = "signalbox.theme";
const order: Theme[] = ["system", "light", "dark"];
const listeners = new Set<() => void>();
let theme: Theme = "system";

function apply(next: Theme): void {
  theme = next;
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}

/** Applies the stored choice; call before the first render. */
export function restoreTheme(): void {
  try {
    const stored = localStorage.getItem(storageName);
    apply(order.find((name) => name === stored) ?? "system");
  } catch {
    apply("system");
  }
}

/** System, light, dark, and round again. */
export function cycleTheme(): void {
  const next = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
  apply(next);
  try {
    localStorage.setItem(storageName, next);
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
  listeners.forEach((listener) => listener());
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
}
