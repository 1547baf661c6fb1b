import { useState, type FormEvent } from "react";
import { call } from "../api/client";
import type { Definition, DryRun } from "../api/gateway";
import { useAction } from "../design/action";
import { CheckField, Field, TextField } from "../design/Field";
import { count } from "../format/numbers";
import { oneLine } from "../format/text";
import { Changes, Decision } from "./Decision";
import { trialBody, type Trial } from "./trial";

/** Asks the router what it would do with a call, under the route as it stands in the editor. Nothing is sent. */
export function DryRunPanel({ name, definition, isDraft }: {
  name: string;
  definition: Definition;
  isDraft: boolean;
}): JSX.Element {
  const [trial, setTrial] = useState<Trial>({
    prompt: "Hello", stream: false, maxTokens: "", user: "", session: "", tags: "", metadata: "", headers: "", tools:
    false,
  });
  const [found, setFound] = useState<DryRun | null>(null);
  const action = useAction();
  const set = (to: Partial<Trial>): void => setTrial({ ...trial, ...to });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      const body = trialBody(trial, name, isDraft ? definition : null);
      setFound(await call<DryRun>("/routes/dry-run", { method: "POST", body }));
    });
  };
  return (
    <div className="editor trial">
      <form className="card card-body stack" onSubmit={submit} aria-label="A call to try">
        <h2>A call to try</h2>
        <Field label="Prompt" hint="its length counts">
          {(ids) => (
            <textarea
              {...ids} className="textarea" name="prompt" rows={3} value={trial.prompt}
              onChange={(event) => set({ prompt: event.target.value })}
            />
          )}
        </Field>
        <div className="row-flex">
          <CheckField label="Streamed" value={trial.stream} onChange={(stream) => set({ stream })} />
          <CheckField label="With a tool" value={trial.tools} onChange={(tools) => set({ tools })} />
        </div>
        <div className="grid-2">
          <TextField
            label="Most output tokens" value={trial.maxTokens} onChange={(maxTokens) => set({ maxTokens })}
          />
          <TextField
            label="Tags" hint="comma between several" value={trial.tags} onChange={(tags) => set({ tags })}
          />
          <TextField label="User" value={trial.user} onChange={(user) => set({ user })} />
          <TextField label="Session" value={trial.session} onChange={(session) => set({ session })} />
        </div>
        <Lines label="Metadata" hint="a line each: plan=pro" value={trial.metadata}
          onChange={(metadata) => set({ metadata })} />
        <Lines
          label="Headers" hint="a line each: x-signalbox-route: sort=price" value={trial.headers}
          onChange={(headers) => set({ headers })}
        />
        <div className="form-actions">
          <button type="submit" className="button primary" disabled={action.busy}>
            {action.busy ? "Deciding…" : "Dry run"}
          </button>
        </div>
        <p className="hint">
          {isDraft ? "Decides by the route as edited here, saved or not." : "Decides by the route in force."} Nothing is
          sent to a provider.
        </p>
      </form>
      <div className="stack" aria-live="polite">
        {action.problem ? <p className="notice notice-error" role="alert">{action.problem}</p> : null}
        {found ? <Result found={found} /> : (
          <section className="card card-body"><p className="hint">The decision appears here, candidate by candidate.</p>
          </section>
        )}
      </div>
    </div>
  );
}

function Lines(
  { label, hint, value, onChange }: { label: string; hint: string; value: string; onChange: (value: string) => void },
): JSX.Element {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids} className="textarea mono" rows={2} value={value} spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Result({ found }: { found: DryRun }): JSX.Element {
  return (
    <>
      <section className="card" aria-label="Decision">
        <header className="card-head">
          <h2>Decision</h2>
          <span className="hint number">{count(found.input_tokens)} input tokens, estimated</span>
        </header>
        <ul className="sentences card-body">
          {found.summary.map((one, at) => <li key={at}>{oneLine(one)}</li>)}
          {found.needs.length > 0 ? <li>The call needs a model that can do {found.needs.map(oneLine).join(", ")}.</li>
            : null}
        </ul>
        {found.routing ? <Decision routing={found.routing} /> : null}
      </section>
      {found.notes.length > 0 ? (
        <section className="card" aria-label="Wishes that are not done">
          <header className="card-head"><h2>Wishes that are not done</h2></header>
          <Changes changes={found.notes} />
        </section>
      ) : null}
    </>
  );
}
