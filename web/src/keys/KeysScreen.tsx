import { useState } from "react";
import { useQuery } from "../api/query";
import type { Key } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../design/Icon";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { oneLine } from "../format/text";
import { dayOf } from "../format/time";
import { CreateKey } from "./CreateKey";
import { RevokeKey } from "./RevokeKey";

const path = "/keys";

/** Who may call, in which environment, and who no longer may. */
export function KeysScreen(): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<{ data: Key[] }>(path);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const withRevoked = params.get("revoked") === "1";
  const create = (): void => go(addressWith({ new: "1" }), { replace: true });
  useShortcuts({ n: create });
  const all = data?.data ?? [];
  const shown = all.filter((key) => withRevoked || key.revoked_at === null);
  const controls = (
    <>
      <label className="check">
        <input
          type="checkbox" checked={withRevoked}
          onChange={(event) => go(addressWith({ revoked: event.target.checked ? "1" : null }), { replace: true })}
        />
        <span>Show revoked</span>
      </label>
      <button
        type="button" className="button primary" onClick={create}
      ><Icon name="plus" size={14} />Create key</button>
    </>
  );
  return (
    <Page title="Keys" controls={controls}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={5} label="Loading keys" /> : null}
      {data && shown.length === 0 ? (
        <EmptyState title="No keys"><p>Create one for each program that calls models.</p></EmptyState>
      ) : null}
      {shown.length > 0 ? <KeyTable keys={shown} revoke={setRevoking} /> : null}
      {params.get("new") === "1" ? (
        <CreateKey close={() => go(addressWith({ new: null }), { replace: true })} created={reload} />
      ) : null}
      {revoking ? <RevokeKey apiKey={revoking} close={() => setRevoking(null)} revoked={reload} /> : null}
    </Page>
  );
}

function KeyTable({ keys, revoke }: { keys: Key[]; revoke: (key: Key) => void }): JSX.Element {
  return (
    <section className="card" aria-label="Keys">
      <div className="scroll-x">
        <table className="table keys">
          <thead>
            <tr>
              <th scope="col">Name</th><th scope="col">Key</th><th scope="col">Environment</th><th scope="col">Role</th>
              <th scope="col">
                Models
              </th><th scope="col">Created</th>
              <th scope="col">Expires</th>
              <th scope="col"><span className="offscreen">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id} className={key.revoked_at ? "gone" : ""} data-key={key.id}>
                <th scope="row">
                  <Link href={`/requests?key=${encodeURIComponent(key.id)}`} title="Requests with this key">
                    {oneLine(key.name)}
                  </Link>
                </th>
                <td className="mono">{oneLine(key.hint)}</td>
                <td><span className={environmentLook(key.environment)}>{oneLine(key.environment)}</span></td>
                <td>{key.role}</td>
                <td>
                  {key.allowed_models?.length
                    ? key.allowed_models.map(oneLine).join(", ")
                    : <span className="hint">all</span>}
                </td>
                <td className="number-left">{dayOf(key.created_at)}</td>
                <td className="number-left">{expiry(key)}</td>
                <td className="actions">
                  {key.revoked_at ? null : <button
                    type="button" className="button small danger" onClick={() => revoke(key)}
                  >Revoke</button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Two environments have a colour; a name of somebody's own never becomes a class. */
function environmentLook(environment: string): string {
  return environment === "production" || environment === "staging" ? `chip environment-${environment}` : "chip";
}

function expiry(key: Key): JSX.Element | string {
  if (key.revoked_at) return <span className="problem-text">revoked {dayOf(key.revoked_at)}</span>;
  if (!key.expires_at) return <span className="hint">never</span>;
  if (Date.parse(key.expires_at) >= Date.now()) return dayOf(key.expires_at);
  return <span className="problem-text">expired {dayOf(key.expires_at)}</span>;
}
