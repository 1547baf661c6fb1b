import type { RouteListing } from "../api/gateway";
import type { Model } from "../api/types";
import { Field, TextField } from "../design/Field";
import { Icon } from "../design/Icon";
import { writeJSON } from "../format/json";
import { keptDraft } from "../routes/draft";
import type { Changes } from "./question";

interface Props {
  changes: Changes;
  change: (changes: Changes) => void;
  routes: RouteListing[];
  models: Model[];
}

/** What is to be different: definitions of routes, prices, the cache. */
export function ChangeForm({ changes, change, routes, models }: Props): JSX.Element {
  const addRoute = (): void => {
    const first = routes.find((one) => !changes.routes.some((other) => other.name === one.name));
    const name = first?.name ?? "";
    change({ ...changes, routes: [...changes.routes, { name, text: definitionOf(routes, name) }] });
  };
  const addPrice = (): void => {
    const price = { provider: models[0]?.provider ?? "", model: models[0]?.upstream_model ?? "", input: "",
      output: "" };
    change({ ...changes, prices: [...changes.prices, price] });
  };
  const addCache = (): void =>
    change({ ...changes, cache: [...changes.cache, { route: routes[0]?.name ?? models[0]?.name ?? "", ttl: "1h" }] });
  return (
    <section className="card" aria-label="Changes">
      <header className="card-head">
        <h2>What is different</h2>
        <span className="row-flex">
          <Add label="Route" add={addRoute} /><Add label="Price" add={addPrice} /><Add label="Cache" add={addCache} />
        </span>
      </header>
      <div className="card-body stack">
        {changes.routes.length + changes.prices.length + changes.cache.length === 0 ? (
          <p className="hint">Add a changed route, a new price, or a cache, then press Replay.</p>
        ) : null}
        <RouteChanges changes={changes} change={change} routes={routes} />
        <PriceChanges changes={changes} change={change} models={models} />
        <CacheChanges changes={changes} change={change} routes={routes} />
      </div>
    </section>
  );
}

/** The definition to begin with: a draft that is not saved yet, or the one in force. */
function definitionOf(routes: RouteListing[], name: string): string {
  const found = routes.find((one) => one.name === name);
  return keptDraft(name) ?? writeJSON(found?.definition ?? { strategy: "fallback", targets: [] }, true);
}

function Add({ label, add }: { label: string; add: () => void }): JSX.Element {
  return (
    <button type="button" className="button small" onClick={add}><Icon name="plus" size={12} />{label}</button>
  );
}

function Remove({ what, remove }: { what: string; remove: () => void }): JSX.Element {
  return (
    <button type="button" className="button quiet small danger" onClick={remove} aria-label={`Remove ${what}`}>
      <Icon name="close" size={12} />Remove
    </button>
  );
}

/** The list with one member changed, or taken out. */
function at<T>(list: T[], index: number, to: Partial<T> | null): T[] {
  if (to === null) return list.filter((_, place) => place !== index);
  return list.map((one, place) => (place === index ? { ...one, ...to } : one));
}

function RouteChanges({ changes, change, routes }: Omit<Props, "models">): JSX.Element {
  return (
    <>
      {changes.routes.map((one, index) => (
        <div key={index} className="rule">
          <div className="rule-line">
            <TextField
              label="Route" mono value={one.name} list={routes.map((route) => route.name)}
              onChange={(name) => change({ ...changes, routes: at(changes.routes, index, routes.some(
                (route) => route.name === name,
              ) ? { name, text: definitionOf(routes, name) } : { name }) })}
            />
            {keptDraft(one.name) ? <span className="badge badge-accent">your draft</span> : null}
            <Remove what={`route ${one.name}`} remove={() => change({ ...changes, routes: at(changes.routes, index,
              null) })} />
          </div>
          <Field label="Its definition">
            {(ids) => (
              <textarea
                {...ids} className="textarea mono" rows={8} spellCheck={false} value={one.text}
                onChange={(event) => change({ ...changes, routes: at(changes.routes, index,
                  { text: event.target.value }) })}
              />
            )}
          </Field>
        </div>
      ))}
    </>
  );
}

function PriceChanges({ changes, change, models }: Omit<Props, "routes">): JSX.Element {
  const set = (index: number, to: Partial<Changes["prices"][number]> | null): void =>
    change({ ...changes, prices: at(changes.prices, index, to) });
  const providers = [...new Set(models.map((model) => model.provider))];
  const names = [...new Set(models.map((model) => model.upstream_model))];
  return (
    <>
      {changes.prices.map((one, index) => (
        <div key={index} className="rule">
          <div className="grid-4">
            <TextField label="Provider" value={one.provider} list={providers}
              onChange={(provider) => set(index, { provider })} />
            <TextField label="Model" value={one.model} list={names} onChange={(model) => set(index, { model })} />
            <TextField label="$ / million in" value={one.input} onChange={(input) => set(index, { input })} />
            <TextField label="$ / million out" value={one.output} onChange={(output) => set(index, { output })} />
          </div>
          <div><Remove what={`price ${index + 1}`} remove={() => set(index, null)} /></div>
        </div>
      ))}
    </>
  );
}

function CacheChanges({ changes, change, routes }: Omit<Props, "models">): JSX.Element {
  const set = (index: number, to: Partial<Changes["cache"][number]> | null): void =>
    change({ ...changes, cache: at(changes.cache, index, to) });
  return (
    <>
      {changes.cache.map((one, index) => (
        <div key={index} className="rule">
          <div className="grid-4">
            <TextField
              label="Cache of route" value={one.route} list={routes.map((route) => route.name)}
              onChange={(route) => set(index, { route })}
            />
            <TextField label="Kept for" hint="such as 1h" value={one.ttl} onChange={(ttl) => set(index, { ttl })} />
          </div>
          <div><Remove what={`cache ${index + 1}`} remove={() => set(index, null)} /></div>
        </div>
      ))}
    </>
  );
}
