import { useRef, useState } from "react";
import { explained, type ApiError } from "../api/client";

export interface Action {
  busy: boolean;
  /** The server's own words. */
  problem: string | null;
  error: ApiError | null;
  /** Runs the work unless it runs already; true when it went well. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
}

/** Something a person started: one at a time, with what went wrong. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const running = useRef(false);
  return {
    busy,
    error,
    problem: error?.message ?? null,
    clear: () => setError(null),
    run: async (work) => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setError(null);
      try {
        await work();
        return true;
      } catch (thrown) {
        setError(explained(thrown));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}
