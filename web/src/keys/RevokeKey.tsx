import { useState } from "react";
import { call, explained } from "../api/client";
import type { Key } from "../api/types";
import { Dialog } from "../design/Dialog";
import { oneLine } from "../format/text";

/** Asks before a key stops working; it cannot be undone. */
export function RevokeKey(
  { apiKey, close, revoked }: { apiKey: Key; close: () => void; revoked: () => void },
): JSX.Element {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const revoke = async (): Promise<void> => {
    setBusy(true);
    try {
      await call(`/keys/${encodeURIComponent(apiKey.id)}`, { method: "DELETE" });
      revoked();
      close();
    } catch (error) {
      setProblem(explained(error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Revoke ${oneLine(apiKey.name)}?`} onClose={close}>
      <div className="form">
        <p>Programs that use <span className="mono">
          {oneLine(apiKey.hint)}
        </span> are refused from the next call on. This cannot be undone; its requests stay.</p>
        <p className="problem" role="alert">{problem}</p>
        <div className="form-actions">
          <button type="button" className="button" data-focus onClick={close}>Keep it</button>
          <button type="button" className="button danger-solid" disabled={busy} onClick={() => void revoke()}>
            {busy ? "Revoking…" : "Revoke key"}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
