import { useState } from "react";
import type { Key } from "../api/access";
import { call } from "../api/client";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { useAction } from "../design/action";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { oneLine } from "../format/text";
import { dayOf } from "../format/time";
import { RevokeKey, RotateKey } from "./KeyActions";
import { KeyDialog } from "./KeyDialog";
import { budgetsAddress } from "./KeysScreen";
import { ruleWords } from "./rules";

/** The keys with what they may do, and everything that can be done to them. */
export function KeyList(): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<{ data: Key[] }>("/keys");
  const [asked, setAsked] = useState<{ what: "revoke" | "rotate"; key: Key } | null>(null);
  const all = data?.data ?? [];
  const shown = all.filter((key) => params.get("revoked") === "1" || key.revoked_at === null);
  const editing = all.find((key) => key.id === params.get("edit"));
  const close = (): void => go(addressWith({ new: null, edit: null }), { replace: true });
  return (
    <>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={5} label="Loading keys" /> : null}
      {data && shown.length === 0 ? (
        <EmptyState title="No keys"><p>Create one for each program that calls models.</p></EmptyState>
      ) : null}
      {shown.length > 0 ? (
        <KeyTable keys={shown} ask={(what, key) => setAsked({ what, key })} changed={reload} />
      ) : null}
      {params.get("new") === "1" ? <KeyDialog existing={null} close={close} changed={reload} /> : null}
      {editing ? <KeyDialog key={editing.id} existing={editing} close={close} changed={reload} /> : null}
      {asked?.what === "revoke" ? (
        <RevokeKey apiKey={asked.key} close={() => setAsked(null)} changed={reload} />
      ) : null}
      {asked?.what === "rotate" ? (
        <RotateKey apiKey={asked.key} close={() => setAsked(null)} changed={reload} />
      ) : null}
    </>
  );
}

type Ask = (what: "revoke" | "rotate", key: Key) => void;

function KeyTable({ keys, ask, changed }: { keys: Key[]; ask: Ask; changed: () => void }): JSX.Element {
  return (
    <section className="card" aria-label="Keys">
      <div className="scroll-x">
        <table className="table keys">
          <thead>
            <tr>
              <th scope="col">Name</th><th scope="col">Key</th><th scope="col">Environment</th>
              <th scope="col">Models</th><th scope="col">Belongs to</th><th scope="col">Budgets and limits</th>
              <th scope="col">Expires</th><th scope="col"><span className="offscreen">Actions</span></th>
            </tr>
          </thead>
          <tbody>{keys.map((key) => <KeyRow key={key.id} apiKey={key} ask={ask} changed={changed} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function KeyRow({ apiKey, ask, changed }: { apiKey: Key; ask: Ask; changed: () => void }): JSX.Element {
  const owner = [apiKey.team, apiKey.user].filter(Boolean).map((one) => oneLine(one));
  return (
    <tr className={apiKey.revoked_at ? "gone" : ""} data-key={apiKey.id}>
      <th scope="row">
        <Link href={`/requests?key=${encodeURIComponent(apiKey.id)}`} title="Requests with this key">
          {oneLine(apiKey.name)}
        </Link>
      </th>
      <td className="mono">{oneLine(apiKey.hint)}</td>
      <td>
        <span className={environmentLook(apiKey.environment)}>{oneLine(apiKey.environment)}</span>
        {apiKey.role === "admin" ? <> <span className="chip" title="May use this app and the API">admin</span>
          </> : null}
      </td>
      <td>
        {apiKey.allowed_models?.length
          ? apiKey.allowed_models.map(oneLine).join(", ")
          : <span className="hint">all</span>}
      </td>
      <td>{owner.length > 0 ? owner.join(", ") : <span className="hint">–</span>}</td>
      <td><RulesCell words={ruleWords(apiKey.rules)} href={budgetsAddress("key", apiKey.id)} /></td>
      <td className="number-left">{expiry(apiKey)}</td>
      <td className="actions">{apiKey.revoked_at ? null : <Tools apiKey={apiKey} ask={ask} changed={changed} />}</td>
    </tr>
  );
}

/** The first rule in words and how many more there are; the rest is one hover or one click away. */
export function RulesCell({ words, href }: { words: string[]; href: string }): JSX.Element {
  if (words.length === 0) return <span className="hint">none</span>;
  const short = (words[0] ?? "").split(",")[0] ?? "";
  return (
    <Link href={href} title={words.join("\n")}>
      {oneLine(short)}{words.length > 1 ? <span className="hint"> and {words.length - 1} more</span> : null}
    </Link>
  );
}

function Tools({ apiKey, ask, changed }: { apiKey: Key; ask: Ask; changed: () => void }): JSX.Element {
  const action = useAction();
  const toggle = (): void => void action.run(async () => {
    const what = apiKey.blocked ? "unblock" : "block";
    await call(`/keys/${encodeURIComponent(apiKey.id)}/${what}`, { method: "POST" });
    changed();
  });
  const edit = (): void => go(addressWith({ edit: apiKey.id, new: null }), { replace: true });
  return (
    <>
      {action.problem ? <span className="problem-text" role="alert">{action.problem} </span> : null}
      <button type="button" className="button small" onClick={edit}>Edit</button>{" "}
      <button type="button" className="button small" onClick={() => ask("rotate", apiKey)}>Rotate</button>{" "}
      <button type="button" className="button small" disabled={action.busy} onClick={toggle}>
        {apiKey.blocked ? "Unblock" : "Block"}
      </button>{" "}
      <button type="button" className="button small danger" onClick={() => ask("revoke", apiKey)}>Revoke</button>
    </>
  );
}

/** Two environments have a colour; a name of somebody's own never becomes a class. */
function environmentLook(environment: string): string {
  return environment === "production" || environment === "staging" ? `chip environment-${environment}` : "chip";
}

function expiry(key: Key): JSX.Element | string {
  if (key.revoked_at) return <span className="problem-text">revoked {dayOf(key.revoked_at)}</span>;
  if (key.blocked) return <span className="badge badge-error">blocked</span>;
  const old = key.retired_secrets?.filter((secret) => Date.parse(secret.valid_until) > Date.now()) ?? [];
  const rotating = old.length > 0 ? (
    <span className="badge badge-warn" title={`The old secret works until ${old[0]?.valid_until ?? ""}`}>rotating</span>
  ) : null;
  if (!key.expires_at) return rotating ?? <span className="hint">never</span>;
  if (Date.parse(key.expires_at) >= Date.now()) return <>{dayOf(key.expires_at)} {rotating}</>;
  return <span className="problem-text">expired {dayOf(key.expires_at)}</span>;
}
