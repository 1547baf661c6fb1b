import { useState, type FormEvent } from "react";
import type { RouteListing } from "../api/gateway";
import { useQuery } from "../api/query";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import { Icon } from "../design/Icon";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { oneLine } from "../format/text";
import { HealthDot } from "../providers/HealthBadge";
import { SourceBadge } from "./RouteScreen";
import { strategyOf } from "./words";

/** How often the targets' health is asked again. */
const everyMs = 5_000;

export function routeAddress(name: string): string {
  return `/routes/${encodeURIComponent(name)}`;
}

/** Where model names lead. */
export function RoutesScreen(): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<{ data: RouteListing[] }>("/routes", { everyMs });
  const create = (): void => go(addressWith({ new: "1" }), { replace: true });
  useShortcuts({ n: create });
  const all = data?.data ?? [];
  const controls = (
    <button type="button" className="button primary" onClick={create}>
    <Icon name="plus" size={14} />Create route</button>
  );
  return (
    <Page title="Routes" controls={controls}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={5} label="Loading routes" /> : null}
      {data && all.length === 0 ? (
        <EmptyState title="No routes yet">
          <p>
            A route is a model name that leads to several targets: one takes over when another fails, or they share the
            calls. Models without a route go to their one provider.
          </p>
          <button type="button" className="button primary" onClick={create}>Create the first route</button>
        </EmptyState>
      ) : null}
      {all.length > 0 ? <RouteTable routes={all} /> : null}
      {params.get("new") === "1" ? (
        <NewRoute taken={all.map((one) => one.name)} close={() => go(addressWith({ new: null }), { replace: true })} />
      ) : null}
    </Page>
  );
}

function RouteTable({ routes }: { routes: RouteListing[] }): JSX.Element {
  return (
    <section className="card" aria-label="Routes">
      <div className="scroll-x">
        <table className="table routes">
          <thead>
            <tr>
              <th scope="col">Route</th><th scope="col">Strategy</th><th scope="col">Targets</th>
              <th scope="col">Source</th><th scope="col"><span className="offscreen">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <tr key={route.name} data-route={route.name}>
                <th scope="row">
                  <Link href={routeAddress(route.name)}>{oneLine(route.name)}</Link>
                  {route.aliases.length > 0 ? <span className="hint"> also {route.aliases.map(oneLine).join(", ")}
                    </span> : null}
                </th>
                <td>{strategyOf(route.definition.strategy).label}</td>
                <td className="wrap">
                  <span className="row-flex">
                    {route.targets.map((target, at) => (
                      <span key={at} className="chip">
                        {target.health ? <HealthDot health={target.health} /> : null}{oneLine(target.label)}
                      </span>
                    ))}
                  </span>
                </td>
                <td><SourceBadge route={route} /></td>
                <td className="actions">
                  <Link className="button small"
                    href={`/requests?route=${encodeURIComponent(route.name)}`}>Requests</Link>{" "}
                  <Link className="button small" href={`${routeAddress(route.name)}?tab=try`}>Dry run</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function NewRoute({ taken, close }: { taken: string[]; close: () => void }): JSX.Element {
  const [name, setName] = useState("");
  const problem = taken.includes(name.trim()) ? "There is a route of this name. Open it from the list." : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null && name.trim() !== "") go(`${routeAddress(name.trim())}?new=1`);
  };
  return (
    <Dialog title="Create a route" onClose={close}>
      <form className="form" onSubmit={submit}>
        <TextField
          label="Name" hint="callers ask for it as their model" name="route" required focus mono value={name}
          problem={problem} onChange={setName}
        />
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>Cancel</button>
          <button type="submit" className="button primary" disabled={problem !== null}>Go on</button>
        </div>
      </form>
    </Dialog>
  );
}
