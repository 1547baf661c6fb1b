import { useEffect, useMemo, useRef, useState } from "react";
import { call } from "../api/client";
import type { Definition, RouteListing } from "../api/gateway";
import { refresh, useQuery } from "../api/query";
import type { Model } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useAction } from "../design/action";
import { Confirm } from "../design/Confirm";
import { Icon } from "../design/Icon";
import { ErrorState, Loading } from "../design/States";
import { Tabs } from "../design/Tabs";
import { readByHand, writeJSON } from "../format/json";
import { oneLine } from "../format/text";
import { DryRunPanel } from "./DryRunPanel";
import { dropDraft, keptDraft, keepDraft, usable } from "./draft";
import { History } from "./History";
import type { Known } from "./NodeForm";
import { RouteEditor } from "./RouteEditor";
import { useShortcuts } from "../app/shortcuts";

const newRoute: Definition = { strategy: "fallback", targets: [] };

/** One route: its chain, a dry run, and its past. `isNew`: it is not there yet. */
export function RouteScreen({ name, isNew }: { name: string; isNew: boolean }): JSX.Element {
  const path = `/routes/${encodeURIComponent(name)}`;
  const { data, error, reload } = useQuery<RouteListing>(isNew ? null : path);
  if (isNew) {
    const made: RouteListing = {
      name, aliases: [], source: "stored", version: null, definition: { name, ...newRoute }, targets: [],
    };
    return <Loaded key={`new ${name}`} route={made} isNew reload={() => undefined} />;
  }
  if (!data) {
    return (
      <Page title={name} heading={<Heading name={name} />}>
        {error ? <ErrorState error={error} retry={reload} /> : <Loading rows={8} label="Loading the route" />}
      </Page>
    );
  }
  return <Loaded key={data.name} route={data} isNew={false} reload={reload} />;
}

function Heading({ name, route }: { name: string; route?: RouteListing }): JSX.Element {
  return (
    <div className="request-heading">
      <Link className="button quiet" href="/routes" aria-label="Back to routes" title="Back to routes (Esc)">
        <Icon name="left" />
      </Link>
      <h1>{oneLine(name)}</h1>
      {route ? <SourceBadge route={route} /> : null}
    </div>
  );
}

export function SourceBadge({ route }: { route: RouteListing }): JSX.Element {
  if (route.problem) return <span className="badge badge-error" title={route.problem}>not in force</span>;
  if (route.source === "file") return <span className="badge" title="From the configuration file">file</span>;
  const title = route.overrides_file ? "Stands before the route of this name in the configuration file" : "Stored here";
  return <span className="badge badge-accent" title={title}>{route.version ? `version ${route.version}` : "new"}</span>;
}

function Loaded({ route, isNew, reload }: { route: RouteListing; isNew: boolean; reload: () => void }): JSX.Element {
  const { params } = usePlace();
  const tab = params.get("tab") ?? "edit";
  const saved = useMemo(() => writeJSON(route.definition, true), [route.definition]);
  const [text, setText] = useState(() => keptDraft(route.name) ?? saved);
  const [removing, setRemoving] = useState(false);
  const basis = useRef(saved);
  useEffect(() => {
    // The server's version moved on: an untouched editor follows, a draft stays and meets the conflict when it is
    // saved.
    setText((now) => (now === basis.current ? saved : now));
    basis.current = saved;
  }, [saved]);
  const isDraft = text !== saved || isNew;
  useEffect(() => keepDraft(route.name, text === saved ? null : text), [route.name, text, saved]);
  useShortcuts({ Escape: () => go("/routes") });
  const known = useKnown(route.name);
  const read = readByHand(text);
  const definition = "value" in read ? usable(read.value) : null;
  const controls = route.source === "stored" && !isNew ? (
    <button type="button" className="button danger" onClick={() => setRemoving(true)}>Remove</button>
  ) : null;
  return (
    <Page title={`${route.name} · route`} heading={<Heading name={route.name} route={route} />} controls={controls}>
      {route.problem ? (
        <p className="notice notice-error" role="alert"><Icon name="warning" /><span>{route.problem}</span></p>
      ) : null}
      <Tabs
        label="Parts of the route" param="tab" value={tab}
        tabs={[{ value: "edit", label: "Chain" }, { value: "try", label: "Dry run" }, { value: "history",
          label: "History" }]}
      />
      {tab === "history" ? <History route={route} changed={reload} /> : null}
      {tab === "try" ? (
        <DryRunPanel name={route.name} definition={definition ?? route.definition} isDraft={isDraft} />
      ) : null}
      {tab === "edit" ? (
        <RouteEditor text={text} setText={setText} name={route.name} known={known} health={route.targets} />
      ) : null}
      {isDraft && tab !== "history" ? (
        <SaveBar
          route={route} isNew={isNew} definition={definition} reload={reload}
          discard={() => (isNew ? (dropDraft(route.name), go("/routes")) : setText(saved))}
        />
      ) : null}
      {removing ? <RemoveRoute route={route} close={() => setRemoving(false)} /> : null}
    </Page>
  );
}

function useKnown(name: string): Known {
  const models = useQuery<{ data: Model[] }>("/models", { fresh: false }).data?.data;
  const routes = useQuery<{ data: RouteListing[] }>("/routes", { fresh: false }).data?.data;
  const providers = useQuery<{ data: { name: string }[] }>("/providers", { fresh: false }).data?.data;
  return useMemo(() => ({
    providers: (providers ?? []).map((one) => one.name),
    models: [...new Set((models ?? []).flatMap((one) => [one.upstream_model, one.name]))],
    routes: (routes ?? []).map((one) => one.name).filter((one) => one !== name),
  }), [models, routes, providers, name]);
}

function SaveBar({ route, isNew, definition, reload, discard }: {
  route: RouteListing;
  isNew: boolean;
  definition: Definition | null;
  reload: () => void;
  discard: () => void;
}): JSX.Element {
  const [message, setMessage] = useState("");
  const action = useAction();
  const path = `/routes/${encodeURIComponent(route.name)}`;
  const save = (): void => void action.run(async () => {
    const body = { definition, message: message.trim(), expected_version: route.version };
    await call<RouteListing>(path, { method: "PUT", body });
    dropDraft(route.name);
    await Promise.all([refresh(path), refresh("/routes")]);
    if (isNew) go(addressWith({ new: null }), { replace: true });
  });
  return (
    <div className="save-bar" role="region" aria-label="Unsaved changes">
      <span>{isNew ? "Not saved yet" : route.source === "file" ? "Saving stores a version before the file's"
        : "Changed"}</span>
      <input
        className="input" aria-label="Why" placeholder="Why, for those who read the history" value={message}
        onChange={(event) => setMessage(event.target.value)}
      />
      <button type="button" className="button" onClick={discard}>Discard</button>
      <button type="button" className="button primary" disabled={action.busy || definition === null} onClick={save}>
        {action.busy ? "Saving…" : "Save and put into force"}
      </button>
      {action.problem ? (
        <p className="problem" role="alert">
          {action.problem}{" "}
          {action.error?.status === 409 ? (
            <button type="button" className="button small" onClick={reload}>Read it again, keep my draft</button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

function RemoveRoute({ route, close }: { route: RouteListing; close: () => void }): JSX.Element {
  return (
    <Confirm
      title={`Remove the route ${oneLine(route.name)}?`} keep="Keep it" confirm="Remove route" busy="Removing…"
        close={close}
      work={async () => {
        const version = route.version === null ? "" : `?expected_version=${route.version}`;
        await call(`/routes/${encodeURIComponent(route.name)}${version}`, { method: "DELETE" });
        dropDraft(route.name);
        await refresh("/routes");
        go("/routes");
      }}
    >
      <p>
        Calls that name it are {route.overrides_file ? "served by the route of the configuration file"
          : "refused"} from now
        on. Its versions stay: saving a route of this name goes on from them.
      </p>
    </Confirm>
  );
}
