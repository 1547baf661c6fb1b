import { useState, type FormEvent } from "react";
import type { SubjectRecord } from "../api/access";
import { call } from "../api/client";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { useAction } from "../design/action";
import { Confirm } from "../design/Confirm";
import { Dialog } from "../design/Dialog";
import { CheckField, TextField } from "../design/Field";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { oneLine } from "../format/text";
import { dayOf } from "../format/time";
import { RulesCell } from "./KeyList";
import { budgetsAddress } from "./KeysScreen";
import { draftProblem, draftsOf, rulesOf, ruleWords, type RuleDraft } from "./rules";
import { RulesEditor } from "./RulesEditor";
import type { SubjectInfo } from "./subjects";

/** Teams, users, customers, projects or organisations: all have a name, models and rules. */
export function SubjectList({ kind }: { kind: SubjectInfo }): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<{ data: SubjectRecord[] }>(`/${kind.path}`);
  const [removing, setRemoving] = useState<SubjectRecord | null>(null);
  const all = data?.data ?? [];
  const editing = all.find((one) => one.id === params.get("edit"));
  const close = (): void => go(addressWith({ new: null, edit: null }), { replace: true });
  return (
    <>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={5} label={`Loading ${kind.title}`} /> : null}
      {data && all.length === 0 ? (
        <EmptyState title={`No ${kind.title.toLowerCase()}`}><p>{kind.purpose}</p></EmptyState>
      ) : null}
      {all.length > 0 ? <SubjectTable kind={kind} all={all} remove={setRemoving} /> : null}
      {params.get("new") === "1" ? (
        <SubjectDialog kind={kind} existing={null} close={close} changed={reload} />
      ) : null}
      {editing ? (
        <SubjectDialog key={editing.id} kind={kind} existing={editing} close={close} changed={reload} />
      ) : null}
      {removing ? (
        <Confirm
          title={`Remove ${oneLine(removing.name)}?`} keep="Keep it" confirm={`Remove ${kind.word}`} busy="Removing…"
          close={() => setRemoving(null)}
          work={async () => {
            await call(`/${kind.path}/${encodeURIComponent(removing.id)}`, { method: "DELETE" });
            reload();
          }}
        >
          <p>Its rules end now. Its records and sums stay. Nothing may belong to it any more.</p>
        </Confirm>
      ) : null}
    </>
  );
}

function SubjectTable(
  { kind, all, remove }: { kind: SubjectInfo; all: SubjectRecord[]; remove: (one: SubjectRecord) => void },
): JSX.Element {
  const filter = ["team", "user", "customer"].includes(kind.kind) ? kind.kind : null;
  return (
    <section className="card" aria-label={kind.title}>
      <div className="scroll-x">
        <table className="table keys">
          <thead>
            <tr>
              <th scope="col">Name</th><th scope="col">Id</th><th scope="col">Models</th>
              <th scope="col">Budgets and limits</th><th scope="col">For each customer</th><th scope="col">Since</th>
              <th scope="col"><span className="offscreen">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr key={one.id} data-subject={one.id}>
                <th scope="row">
                  {filter ? (
                    <Link href={`/requests?${filter}=${encodeURIComponent(one.id)}`} title="Its requests">
                      {oneLine(one.name)}
                    </Link>
                  ) : oneLine(one.name)}
                  {one.blocked ? <> <span className="badge badge-error">blocked</span></> : null}
                </th>
                <td className="mono">{oneLine(one.id)}</td>
                <td>
                  {one.allowed_models?.length
                    ? one.allowed_models.map(oneLine).join(", ")
                    : <span className="hint">all</span>}
                </td>
                <td><RulesCell words={ruleWords(one.rules)} href={budgetsAddress(kind.kind, one.id)} /></td>
                <td><RulesCell words={ruleWords(one.customer_rules)} href={budgetsAddress("customer", one.id)} /></td>
                <td className="number-left">{dayOf(one.created_at)}</td>
                <td className="actions">
                  <button
                    type="button" className="button small"
                    onClick={() => go(addressWith({ edit: one.id, new: null }), { replace: true })}
                  >Edit</button>{" "}
                  <button type="button" className="button small danger" onClick={() => remove(one)}>Remove</button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SubjectDialog({ kind, existing, close, changed }: {
  kind: SubjectInfo;
  existing: SubjectRecord | null;
  close: () => void;
  changed: () => void;
}): JSX.Element {
  const [id, setId] = useState("");
  const [name, setName] = useState(existing?.name ?? "");
  const [models, setModels] = useState((existing?.allowed_models ?? []).join(", "));
  const [belongs, setBelongs] = useState(existing?.team ?? existing?.organisation ?? "");
  const [blocked, setBlocked] = useState(existing?.blocked ?? false);
  const [rules, setRules] = useState<RuleDraft[]>(() => draftsOf(existing?.rules));
  const [customerRules, setCustomerRules] = useState<RuleDraft[]>(() => draftsOf(existing?.customer_rules));
  const action = useAction();
  const wrong = [rules, customerRules].some((all) => all.some((rule) => draftProblem(rule, all) !== null));
  const parent = kind.kind === "user" ? "team" : kind.kind === "project" ? "organisation" : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = {
      ...(existing || id.trim() === "" ? {} : { id: id.trim() }),
      ...(name.trim() === "" ? {} : { name: name.trim() }),
      allowed_models: models.split(",").map((one) => one.trim()).filter(Boolean),
      rules: rulesOf(rules), customer_rules: rulesOf(customerRules), blocked,
      ...(parent && (belongs.trim() !== "" || existing) ? { [parent]: belongs.trim() || null } : {}),
    };
    void action.run(async () => {
      const path = existing ? `/${kind.path}/${encodeURIComponent(existing.id)}` : `/${kind.path}`;
      await call(path, { method: existing ? "PATCH" : "POST", body });
      changed();
      close();
    });
  };
  return (
    <Dialog
      title={existing ? `Change ${oneLine(existing.name)}` : `Create ${kind.word}`} onClose={close}
      className="wide-dialog"
    >
      <form className="form" onSubmit={submit}>
        <div className="grid-2">
          <TextField label="Name" name="name" focus value={name} onChange={setName} />
          {existing ? null : (
            <TextField
              label="Id" hint="as calls and the API name it; made if empty" name="id" mono value={id} onChange={setId}
            />
          )}
          {parent ? (
            <TextField
              label={parent === "team" ? "Team" : "Organisation"} hint="its id" value={belongs} onChange={setBelongs}
            />
          ) : null}
        </div>
        <TextField
          label="Models" hint="comma between several, * for any ending; empty for all" value={models}
          onChange={setModels}
        />
        <RulesEditor legend="Budgets and limits" hint={`of this ${kind.word}`} drafts={rules} onChange={setRules} />
        {kind.kind === "customer" ? null : (
          <RulesEditor
            legend="For each end customer" hint="that has no rules of its own" drafts={customerRules}
            onChange={setCustomerRules}
          />
        )}
        <CheckField label="Blocked: its calls are refused" value={blocked} onChange={setBlocked} />
        <p className="problem" role="alert">{action.problem}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>Cancel</button>
          <button type="submit" className="button primary" disabled={action.busy || wrong}>
            {action.busy ? "Saving…" : existing ? "Save" : `Create ${kind.word}`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
