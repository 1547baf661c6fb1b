import { useSyncExternalStore } from "react";

/**
 * The key that signs in. It stays in this tab (`sessionStorage`) unless the person chose to be remembered on this
 * browser (`localStorage`). It is never put in a URL; a `#key=` fragment is read once and removed.
 */
const storageName = "signalbox.key";

interface Session {
  key: string | null;
  /** Why the last session ended, for the sign-in screen. */
  notice: string | null;
}

let session: Session = { key: null, notice: null };
const listeners = new Set<() => void>();

function publish(next: Session): void {
  session = next;
  listeners.forEach((listener) => listener());
}

/** Storage can be forbidden (private windows, policies); then the session simply lasts as long as the page. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Reads the key from the fragment or from storage; call once, before the first render. */
export function restoreSession(): void {
  const fragment = new URLSearchParams(location.hash.slice(1)).get("key");
  if (fragment) {
    history.replaceState(history.state, "", location.pathname + location.search);
    beginSession(fragment, false);
    return;
  }
  const key = attempt(() => sessionStorage.getItem(storageName) ?? localStorage.getItem(storageName));
  session = { key, notice: null };
}

export function beginSession(key: string, remember: boolean): void {
  attempt(() => sessionStorage.setItem(storageName, key));
  if (remember) attempt(() => localStorage.setItem(storageName, key));
  publish({ key, notice: null });
}

export function endSession(notice: string | null): void {
  attempt(() => sessionStorage.removeItem(storageName));
  attempt(() => localStorage.removeItem(storageName));
  publish({ key: null, notice });
}

export function currentKey(): string | null {
  return session.key;
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}
