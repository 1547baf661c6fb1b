import { useMemo, useState } from "react";
import type { Key } from "../api/access";
import { call } from "../api/client";
import type { RouteListing, RouteVersion } from "../api/gateway";
import { refresh, useQuery } from "../api/query";
import { addressWith, go, usePlace } from "../app/location";
import { Confirm } from "../design/Confirm";
import { EmptyState, ErrorState, Loading } from "../design/States";
import { writeJSON } from "../format/json";
import { oneLine } from "../format/text";
import { fullTime } from "../format/time";
import { lineDiff } from "./diff";

/** The versions of a route: what changed in each, and the way back. */
export function History({ route, changed }: { route: RouteListing; changed: () => void }): JSX.Element {
  const { params } = usePlace();
  const path = `/routes/${encodeURIComponent(route.name)}/versions`;
  const stored = route.source === "stored";
  const { data, error, reload } = useQuery<{ data: RouteVersion[] }>(stored ? path : null);
  const keys = useQuery<{ data: Key[] }>("/keys", { fresh: false }).data?.data ?? [];
  const [asked, setAsked] = useState<RouteVersion | null>(null);
  if (!stored) {
    return (
      <EmptyState title="No versions yet">
        <p>This route stands in the configuration file. Save a change here, and its versions begin.</p>
      </EmptyState>
    );
  }
  if (!data) return error ? <ErrorState error={error} retry={reload} /> : <Loading rows={4} label="Loading versions" />;
  const all = data.data;
  const shown = all.find((one) => String(one.version) === params.get("version")) ?? all[0];
  const author = (id: string): string => keys.find((key) => key.id === id)?.name ?? id;
  return (
    <div className="stack">
      <section className="card" aria-label="Versions">
        <div className="scroll-x">
          <table className="table keys">
            <thead>
              <tr>
                <th scope="col">Version</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">Why</th>
                <th scope="col">Content</th><th scope="col"><span className="offscreen">Actions</span></th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <tr key={one.version} aria-selected={one === shown} data-version={one.version}>
                  <th scope="row">
                    {one.version} {one.active ? <span className="badge badge-ok">in force</span> : null}
                  </th>
                  <td className="number-left">{fullTime(one.created_at)}</td>
                  <td>{oneLine(author(one.author))}</td>
                  <td className="wrap">{one.message ? oneLine(one.message) : <span className="hint">–</span>}</td>
                  <td className="mono hint" title={one.hash}>{one.hash.slice(0, 10)}</td>
                  <td className="actions">
                    <button
                      type="button" className="button small"
                      onClick={() => go(addressWith({ version: String(one.version) }), { replace: true })}
                    >Show changes</button>{" "}
                    {one.active ? null : (
                      <button type="button" className="button small" onClick={() => setAsked(one)}>Roll back</button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {shown ? <Diff shown={shown} before={all.find((one) => one.version === shown.parent) ?? null} /> : null}
      {asked ? (
        <Confirm
          title={`Go back to version ${asked.version}?`} keep="Keep it as it is" confirm="Roll back"
            busy="Rolling back…"
          danger={false} close={() => setAsked(null)}
          work={async () => {
            await call(`/routes/${encodeURIComponent(route.name)}/rollback`, {
              method: "POST", body: { version: asked.version, expected_version: route.version },
            });
            await refresh(path);
            changed();
          }}
        >
          <p>
            Calls follow version {asked.version} within a second. Version {String(route.version)} stays in this list, so
            that you can return to it.
          </p>
        </Confirm>
      ) : null}
    </div>
  );
}

function Diff({ shown, before }: { shown: RouteVersion; before: RouteVersion | null }): JSX.Element {
  const lines = useMemo(
    () => lineDiff(before ? writeJSON(before.definition, true) : "", writeJSON(shown.definition, true)), [shown,
      before],
  );
  return (
    <section className="card" aria-label="Changes">
      <header className="card-head">
        <h2>{before ? `Version ${before.version} → ${shown.version}` : `Version ${shown.version}`}</h2>
        <span className="hint">{before ? "" : "the first one"}</span>
      </header>
      <DiffView lines={lines} />
    </section>
  );
}

export function DiffView({ lines }: { lines: ReturnType<typeof lineDiff> }): JSX.Element {
  const signs = { same: "  ", added: "+ ", removed: "− ", gap: "⋯ " };
  return (
    <div className="diff">
      {lines.map((line, at) => <div key={at} className={`diff-${line.kind}`}>{signs[line.kind]}{line.text}</div>)}
      {lines.length === 0 ? <div className="diff-gap">No difference.</div> : null}
    </div>
  );
}
