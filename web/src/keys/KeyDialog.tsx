import { useState, type FormEvent } from "react";
import type { Key, NewKey, SubjectRecord } from "../api/access";
import { call } from "../api/client";
import { useQuery } from "../api/query";
import type { Model } from "../api/types";
import { useAction } from "../design/action";
import { Dialog } from "../design/Dialog";
import { CheckField, ChoiceField, TextField } from "../design/Field";
import { oneLine } from "../format/text";
import { KeySecret } from "./KeySecret";
import { bodyOf, formOf, lifetimes, scopes, type KeyForm } from "./keyForm";
import { draftProblem } from "./rules";
import { RulesEditor } from "./RulesEditor";

/** Makes a key and shows its secret once, or changes one. */
export function KeyDialog({ existing, close, changed }: {
  existing: Key | null;
  close: () => void;
  changed: () => void;
}): JSX.Element {
  const [made, setMade] = useState<NewKey | null>(null);
  const title = made ? "Copy the key now" : existing ? `Change ${oneLine(existing.name)}` : "Create a key";
  const save = async (form: KeyForm): Promise<void> => {
    if (existing) {
      await call(`/keys/${encodeURIComponent(existing.id)}`, { method: "PATCH", body: bodyOf(form, existing) });
      changed();
      close();
    } else {
      setMade(await call<NewKey>("/keys", { method: "POST", body: bodyOf(form, null) }));
      changed();
    }
  };
  return (
    <Dialog title={title} onClose={close} className="wide-dialog">
      {made ? <KeySecret made={made} close={close} /> : <KeyFields existing={existing} close={close} save={save} />}
    </Dialog>
  );
}

function KeyFields({ existing, close, save }: {
  existing: Key | null;
  close: () => void;
  save: (form: KeyForm) => Promise<void>;
}): JSX.Element {
  const [form, setForm] = useState<KeyForm>(() => formOf(existing));
  const action = useAction();
  const models = useQuery<{ data: Model[] }>("/models", { fresh: false }).data?.data ?? [];
  const teams = useQuery<{ data: SubjectRecord[] }>("/teams", { fresh: false }).data?.data ?? [];
  const users = useQuery<{ data: SubjectRecord[] }>("/users", { fresh: false }).data?.data ?? [];
  const change = (to: Partial<KeyForm>): void => setForm({ ...form, ...to });
  const wrong = [...form.rules, ...form.customerRules].some((rule, _, all) => {
    const among = form.rules.includes(rule) ? form.rules : form.customerRules;
    return all.length > 0 && draftProblem(rule, among) !== null;
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(() => save(form));
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label="Name" name="name" required focus value={form.name} placeholder="checkout service"
        onChange={(name) => change({ name })}
      />
      <div className="grid-3">
        {existing ? null : (
          <>
            <TextField
              label="Environment" name="environment" required value={form.environment}
              list={["production", "staging", "dev"]} onChange={(environment) => change({ environment })}
            />
            <ChoiceField
              label="Role" name="role" value={form.role} onChange={(role) => change({ role })}
              options={[{ value: "member", label: "Member: calls models" }, {
                value: "admin", label: "Admin: also this app and the API",
              }]}
            />
          </>
        )}
        <ChoiceField
          label="Expires" name="expires" value={form.expires} onChange={(expires) => change({ expires })}
          options={lifetimes(existing)}
        />
      </div>
      <TextField
        label="Models" hint="comma between several, * for any ending; empty for all" name="models" value={form.models}
        list={models.map((model) => model.name)} onChange={(to) => change({ models: to })}
      />
      <div className="grid-2">
        <TextField
          label="Team" hint="empty for none" name="team" value={form.team} list={teams.map((team) => team.id)}
          onChange={(team) => change({ team })}
        />
        <TextField
          label="User" hint="empty for none" name="user" value={form.user} list={users.map((user) => user.id)}
          onChange={(user) => change({ user })}
        />
      </div>
      <RulesEditor
        legend="Budgets and limits" hint="of this key" drafts={form.rules} onChange={(rules) => change({ rules })}
      />
      <details className="more" open={form.customerRules.length > 0}>
        <summary>More: customers, parameters, scopes, tags</summary>
        <div className="stack">
          <RulesEditor
            legend="For each end customer" hint="that has no rules of its own" drafts={form.customerRules}
            onChange={(customerRules) => change({ customerRules })}
          />
          <CheckField
            label="A request's user is its end customer" value={form.userIsCustomer}
            onChange={(userIsCustomer) => change({ userIsCustomer })}
          />
          <div className="grid-2">
            <ChoiceField
              label="Parameters a model cannot take" value={form.policy} onChange={(policy) => change({ policy })}
              options={[
                { value: "", label: "As the server is set up" }, { value: "strict", label: "Refuse the call" },
                { value: "warn", label: "Drop them, and say so" }, { value: "drop", label: "Drop them silently" },
              ]}
            />
            <TextField
              label="Tags" hint="on every record" value={form.tags} onChange={(tags) => change({ tags })}
            />
          </div>
          <fieldset>
            <legend>Scopes <em className="hint">none chosen: all that the role may do</em></legend>
            <div className="row-flex">
              {scopes.map((scope) => (
                <CheckField
                  key={scope} label={scope} value={form.scopes.includes(scope)}
                  onChange={(on) => change({
                    scopes: on ? [...form.scopes, scope] : form.scopes.filter((one) => one !== scope),
                  })}
                />
              ))}
            </div>
          </fieldset>
        </div>
      </details>
      <p className="problem" role="alert">{action.problem}</p>
      <div className="form-actions">
        <button type="button" className="button" onClick={close}>Cancel</button>
        <button type="submit" className="button primary" disabled={action.busy || wrong}>
          {action.busy ? "Saving…" : existing ? "Save key" : "Create key"}
        </button>
      </div>
    </form>
  );
}
