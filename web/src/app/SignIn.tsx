import { useEffect, useState, type FormEvent } from "react";
import { call, explained } from "../api/client";
import { Mark } from "../design/Icon";
import { beginSession, useSession } from "./session";

/** Asks for an admin key and tries it before letting anybody in. */
export function SignIn(): JSX.Element {
  const { notice } = useSession();
  const [key, setKey] = useState("");
  const [remember, setRemember] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = "Sign in · Signalbox";
  }, []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const trimmed = key.trim();
    if (trimmed === "") return setProblem("Paste a key first.");
    setBusy(true);
    setProblem(null);
    try {
      await call("/status", { key: trimmed });
      beginSession(trimmed, remember);
    } catch (error) {
      setProblem(explained(error).message);
      setBusy(false);
    }
  };
  return (
    <main className="signin">
      <form onSubmit={(event) => void submit(event)} aria-label="Sign in">
        <Mark size={36} />
        <h1>Sign in to Signalbox</h1>
        <p className="hint">With an admin key. The server shows one when it starts for the first time.</p>
        {notice && !problem ? <p className="notice" role="status">{notice}</p> : null}
        <label>
          <span>Key</span>
          <input
            type="password" className="input mono" value={key} autoFocus autoComplete="current-password"
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)} aria-invalid={problem !== null}
            aria-describedby="signin-problem"
          />
        </label>
        <p id="signin-problem" className="problem" role="alert">{problem}</p>
        <label className="check">
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          <span>Remember on this browser</span>
        </label>
        <button type="submit" className="button primary" disabled={busy}>{busy ? "Checking…" : "Sign in"}</button>
      </form>
    </main>
  );
}
