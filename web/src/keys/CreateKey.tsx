import { useState, type FormEvent } from "react";
import { call, explained } from "../api/client";
import { useQuery } from "../api/query";
import type { Model, NewKey } from "../api/types";
import { CopyButton, Snippet } from "../design/Copy";
import { Dialog } from "../design/Dialog";
import { oneLine } from "../format/text";

const lifetimes = [
  { days: 0, label: "Never" }, { days: 1, label: "In a day" }, { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" }, { days: 365, label: "In a year" },
];

/** Asks for a key's name and rights, then shows its secret, once. */
export function CreateKey({ close, created }: { close: () => void; created: () => void }): JSX.Element {
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <Dialog title={made ? "Copy the key now" : "Create a key"} onClose={close}>
      {made ? <Secret made={made} close={close} /> : (
        <KeyForm
          close={close}
          done={(key) => {
            setMade(key);
            created();
          }}
        />
      )}
    </Dialog>
  );
}

function KeyForm({ close, done }: { close: () => void; done: (key: NewKey) => void }): JSX.Element {
  const models = useQuery<{ data: Model[] }>("/models", { fresh: false }).data?.data ?? [];
  const [name, setName] = useState("");
  const [environment, setEnvironment] = useState("production");
  const [role, setRole] = useState("member");
  const [allowed, setAllowed] = useState("");
  const [days, setDays] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const list = allowed.split(",").map((one) => one.trim()).filter(Boolean);
    const body = {
      name: name.trim(), environment: environment.trim(), role,
      ...(days > 0 ? { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() } : {}),
      ...(list.length > 0 ? { allowed_models: list } : {}),
    };
    try {
      done(await call<NewKey>("/keys", { method: "POST", body }));
    } catch (error) {
      setProblem(explained(error).message);
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <label>
        <span>Name</span>
        <input
          className="input" name="name" required data-focus maxLength={120} value={name}
          placeholder="checkout service" onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="form-pair">
        <label>
          <span>Environment</span>
          <input
            className="input" name="environment" required list="environments" value={environment}
            onChange={(event) => setEnvironment(event.target.value)}
          />
          <datalist id="environments">
            <option value="production" />
            <option value="staging" />
            <option value="dev" />
          </datalist>
        </label>
        <label>
          <span>Role</span>
          <select className="select" name="role" value={role} onChange={(event) => setRole(event.target.value)}>
            <option value="member">
              Member: calls models
            </option><option value="admin">Admin: also this app and the API</option>
          </select>
        </label>
      </div>
      <label>
        <span>Models <em className="hint">comma between several; empty for all</em></span>
        <input
          className="input" name="models" list="models" value={allowed}
          onChange={(event) => setAllowed(event.target.value)}
        />
        <datalist id="models">
          {models.slice(0, 400).map((model) => <option key={`${model.provider}/${model.name}`} value={model.name} />)}
        </datalist>
      </label>
      <label>
        <span>Expires</span>
        <select
          className="select" name="expires" value={days} onChange={(event) => setDays(Number(event.target.value))}
        >
          {lifetimes.map((one) => <option key={one.days} value={one.days}>{one.label}</option>)}
        </select>
      </label>
      <p className="problem" role="alert">{problem}</p>
      <div className="form-actions">
        <button type="button" className="button" onClick={close}>Cancel</button>
        <button type="submit" className="button primary" disabled={busy}>{busy ? "Creating…" : "Create key"}</button>
      </div>
    </form>
  );
}

function Secret({ made, close }: { made: NewKey; close: () => void }): JSX.Element {
  return (
    <div className="form">
      <p>The key of <b>{oneLine(made.name)}</b> is shown this once. Signalbox keeps only a hash of it.</p>
      <div className="secret">
        <code data-secret>{made.secret}</code>
        <CopyButton text={made.secret} label="Copy" className="button primary" />
      </div>
      <Snippet
        label="OpenAI settings"
        code={`export OPENAI_BASE_URL=${location.origin}/v1\nexport OPENAI_API_KEY=${made.secret}`}
      />
      <Snippet
        label="Anthropic settings"
        code={`export ANTHROPIC_BASE_URL=${location.origin}\nexport ANTHROPIC_API_KEY=${made.secret}`}
      />
      <div className="form-actions">
        <button type="button" className="button" onClick={close}>I have copied it</button>
      </div>
    </div>
  );
}
