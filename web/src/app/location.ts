import { useSyncExternalStore } from "react";

/** The browser's address is the app's state: where one is, and every filter, range and choice. */
export interface Place {
  path: string;
  params: URLSearchParams;
}

const listeners = new Set<() => void>();
let place = read();

function read(): Place {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

function publish(): void {
  place = read();
  listeners.forEach((listener) => listener());
}

window.addEventListener("popstate", publish);
// A key pasted into the address bar of an open page: a full load signs in with it.
window.addEventListener("hashchange", () => {
  if (location.hash.startsWith("#key=")) location.reload();
});

/** Goes to an address inside the app; `replace` for changes that "back" should not step through. */
export function go(address: string, options: { replace?: boolean } = {}): void {
  if (address === location.pathname + location.search) return;
  if (options.replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  publish();
}

/** The address of this path with some parameters changed; `null` removes one. */
export function addressWith(changes: Record<string, string | null>, from: Place = place, path = from.path): string {
  const params = new URLSearchParams(from.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  const search = params.toString();
  return search === "" ? path : `${path}?${search}`;
}

export function currentPlace(): Place {
  return place;
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => place,
  );
}
