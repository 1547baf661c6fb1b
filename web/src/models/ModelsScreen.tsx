import { Fragment, useMemo, useRef, useState } from "react";
import { useQuery } from "../api/query";
import type { Model, Price } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../design/Icon";
import { JsonTree } from "../design/JsonTree";
import { EmptyState, ErrorState, Loading, StaleNotice } from "../design/States";
import { exactMoney } from "../format/money";
import { count } from "../format/numbers";
import { oneLine } from "../format/text";
import { bucketName } from "../request/Aside";

/** Rows at first; a catalogue has hundreds and a search finds the rest. */
const firstRows = 150;

/** Which models can be called, at what price, and what they can do. */
export function ModelsScreen(): JSX.Element {
  const { params } = usePlace();
  const { data, error, reload } = useQuery<{ data: Model[] }>("/models");
  const search = params.get("q") ?? "";
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => input.current?.focus() });
  const found = useMemo(() => matching(data?.data ?? [], search), [data, search]);
  const controls = (
    <div className="searchbox">
      <Icon name="search" size={14} />
      <input
        ref={input} type="search" value={search} placeholder="Search: name, provider, tools, vision"
        aria-label="Search models" spellCheck={false}
        onChange={(event) => go(addressWith({ q: event.target.value }), { replace: true })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
    </div>
  );
  return (
    <Page title="Models" controls={controls}>
      {error && data ? <StaleNotice error={error} retry={reload} /> : null}
      {!data && error ? <ErrorState error={error} retry={reload} /> : null}
      {!data && !error ? <Loading rows={10} label="Loading models" /> : null}
      {data && found.length === 0 ? (
        <EmptyState title={search === "" ? "No models" : "No model matches"}>
          <p>
            {search === ""
              ? "Name models and providers in signalbox.yaml, then reload it."
              : "Search for a part of the name, the provider or a capability."}
          </p>
        </EmptyState>
      ) : null}
      {found.length > 0 ? <ModelTable models={found} /> : null}
    </Page>
  );
}

function matching(models: Model[], search: string): Model[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => {
    const text = [
      model.name, model.provider, model.dialect, model.region, ...(model.capabilities ?? []),
    ].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function ModelTable({ models }: { models: Model[] }): JSX.Element {
  const [open, setOpen] = useState<string | null>(null);
  const [rows, setRows] = useState(firstRows);
  return (
    <section className="card" aria-label="Models">
      <div className="scroll-x">
        <table className="table models">
          <thead>
            <tr>
              <th scope="col">
                Model
              </th><th scope="col">Provider</th>
              <th scope="col" className="number">Input / M</th>
              <th scope="col" className="number">Cached / M</th>
              <th scope="col" className="number">
                Output / M
              </th><th scope="col" className="number">Context</th><th scope="col" className="number">Max output</th>
              <th scope="col">Can</th>
              <th scope="col">Trains on inputs</th>
              <th scope="col"><span className="offscreen">Details</span></th>
            </tr>
          </thead>
          <tbody>
            {models.slice(0, rows).map((model) => {
              const id = `${model.provider}/${model.name}`;
              return (
                <Fragment key={id}>
                  <ModelRow model={model} open={open === id} toggle={() => setOpen(open === id ? null : id)} />
                  {open === id ? <tr className="details"><td colSpan={10}><PriceDetails
                    model={model}
                  /></td></tr> : null}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="card-note hint">
        {count(models.length)} models{models.length > rows ? <> · <button
          type="button" className="button small" onClick={() => setRows(Infinity)}
        >Show all</button></> : null}
      </p>
    </section>
  );
}

function ModelRow({ model, open, toggle }: { model: Model; open: boolean; toggle: () => void }): JSX.Element {
  const price = (bucket: string): string => exactMoney(model.price?.nanodollars_per_million[bucket]);
  const trains = model.trains_on_inputs;
  return (
    <tr>
      <th scope="row">
        <Link href={`/requests?model=${encodeURIComponent(model.name)}`} title="Requests of this model">
          {oneLine(model.name)}
        </Link>
      </th>
      <td>{oneLine(model.provider)}{model.region ? <span className="hint"> {oneLine(model.region)}</span> : null}</td>
      <td className="number">
        {price("input")}
      </td><td className="number">{price("cache_read")}</td><td className="number">{price("output")}</td>
      <td className="number">
        {count(model.context_window)}
      </td><td className="number">{count(model.max_output_tokens)}</td>
      <td className="chips">
        {(model.capabilities ?? []).map((one) => <span key={one} className="chip">{oneLine(one)}</span>)}
      </td>
      <td>
        {trains === true
          ? <span className="warn-text">yes</span>
          : trains === false ? "no" : <span className="hint">unknown</span>}
      </td>
      <td className="actions">
        <button
          type="button" className="button quiet small" aria-expanded={open} aria-label={`Prices of ${model.name}`}
          onClick={toggle}
        >
          <Icon name={open ? "up" : "down"} size={12} />
        </button>
      </td>
    </tr>
  );
}

function PriceDetails({ model }: { model: Model }): JSX.Element {
  if (!model.price) return (
    <p className="hint">
      No price is known. Its calls are recorded with their tokens and without a cost; signalbox.yaml can set a price.
    </p>
  );
  const price: Price = model.price;
  return (
    <div className="price">
      <dl className="facts">
        {Object.entries(price.nanodollars_per_million).map(([bucket, amount]) => (
          <div key={bucket}>
            <dt>{bucketName(bucket)}</dt>
            <dd className="number">{exactMoney(amount)} <span className="hint">/ million</span></dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        <div><dt>Price row</dt><dd className="mono">{oneLine(price.version)}</dd></div>
        <div><dt>In force from</dt><dd>{price.effective_from ?? "–"}</dd></div>
        <div><dt>Source</dt><dd>{oneLine(price.source)}</dd></div>
        <div><dt>Sent upstream as</dt><dd className="mono">{oneLine(model.upstream_model)}</dd></div>
        <div><dt>Dialect</dt><dd>{oneLine(model.dialect)}</dd></div>
      </dl>
      {price.tiers?.length ? <div className="json"><JsonTree value={price.tiers} name="tiers" /></div> : null}
    </div>
  );
}
