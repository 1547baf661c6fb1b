import { useState, type FormEvent } from "react";
import type { Key, NewKey } from "../api/access";
import { call } from "../api/client";
import { useAction } from "../design/action";
import { Confirm } from "../design/Confirm";
import { Dialog } from "../design/Dialog";
import { ChoiceField } from "../design/Field";
import { oneLine } from "../format/text";
import { KeySecret } from "./KeySecret";

interface Props {
  apiKey: Key;
  close: () => void;
  changed: () => void;
}

/** Asks before a key stops working; it cannot be undone. */
export function RevokeKey({ apiKey, close, changed }: Props): JSX.Element {
  return (
    <Confirm
      title={`Revoke ${oneLine(apiKey.name)}?`} keep="Keep it" confirm="Revoke key" busy="Revoking…" close={close}
      work={async () => {
        await call(`/keys/${encodeURIComponent(apiKey.id)}`, { method: "DELETE" });
        changed();
      }}
    >
      <p>
        Programs that use <span className="mono">{oneLine(apiKey.hint)}</span> are refused from the next call on. This
        cannot be undone; its requests stay. To refuse calls for a while, block it instead.
      </p>
    </Confirm>
  );
}

const graces = [
  { value: "0", label: "At once" }, { value: "3600", label: "In an hour" }, { value: "86400", label: "In a day" },
  { value: "604800", label: "In a week" }, { value: "2592000", label: "In 30 days" },
];

/** Gives a key a new secret; the old one works for a while, so that programs can be changed without a gap. */
export function RotateKey({ apiKey, close, changed }: Props): JSX.Element {
  const [grace, setGrace] = useState("86400");
  const [made, setMade] = useState<NewKey | null>(null);
  const action = useAction();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      const path = `/keys/${encodeURIComponent(apiKey.id)}/rotate`;
      setMade(await call<NewKey>(path, { method: "POST", body: { grace_seconds: Number(grace) } }));
      changed();
    });
  };
  if (made) return <Dialog title="Copy the new secret now" onClose={close}><KeySecret made={made} close={close} />
    </Dialog>;
  return (
    <Dialog title={`Rotate ${oneLine(apiKey.name)}`} onClose={close}>
      <form className="form" onSubmit={submit}>
        <p>
          The key gets a new secret and keeps its rules and records. The old one,{" "}
          <span className="mono">{oneLine(apiKey.hint)}</span>, goes on working until the grace period is over.
        </p>
        <ChoiceField
          label="The old secret stops" name="grace" value={grace} options={graces} onChange={setGrace}
        />
        <p className="problem" role="alert">{action.problem}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>Cancel</button>
          <button type="submit" className="button primary" disabled={action.busy}>
            {action.busy ? "Rotating…" : "Make a new secret"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
