import { useState } from "react";
import { call } from "../api/client";
import type { RouteListing, WhatIfReport } from "../api/gateway";
import { useQuery } from "../api/query";
import type { Model } from "../api/types";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { rangeBounds, rangeOf, rangeParams } from "../app/range";
import { RangePicker } from "../app/RangePicker";
import { useAction } from "../design/action";
import { TextField } from "../design/Field";
import { ChangeForm } from "./ChangeForm";
import { filterNames, mistakesIn, noChanges, questionBody, type Changes, type Filter } from "./question";
import { Report } from "./Report";

/** A day is enough to compare and quick to replay. */
const fallbackRange = "24h";
const mostCalls = 200_000;
/** A replay reads many records and draws many samples. */
const patienceMs = 120_000;
/** The last question and its answer: going to a route and back must not lose them. */
let last: { changes: Changes; report: WhatIfReport | null } = { changes: noChanges, report: null };

/** Recorded traffic through a changed plan: what it would have cost, taken and failed. Nothing is sent. */
export function WhatIfScreen(): JSX.Element {
  const place = usePlace();
  const range = rangeOf(place, fallbackRange);
  const [changes, setChanges] = useState<Changes>(last.changes);
  const [report, setReport] = useState<WhatIfReport | null>(last.report);
  const [tried, setTried] = useState(false);
  const action = useAction();
  const models = useQuery<{ data: Model[] }>("/models", { fresh: false }).data?.data ?? [];
  const routes = useQuery<{ data: RouteListing[] }>("/routes", { fresh: false }).data?.data ?? [];
  const filter = Object.fromEntries(filterNames.map((name) => [name,
    place.params.get(name) ?? ""])) as unknown as Filter;
  const mistakes = mistakesIn(changes);
  const change = (next: Changes): void => {
    last = { ...last, changes: next };
    setChanges(next);
  };
  const run = (): void => {
    setTried(true);
    if (mistakes.length > 0) return;
    void action.run(async () => {
      const now = Date.now();
      const bounds = rangeBounds(range, now);
      const body = questionBody(changes, filter, bounds.from ?? now - 86_400_000, bounds.to ?? now, mostCalls);
      const found = await call<WhatIfReport>("/what-if", { method: "POST", body, patienceMs });
      last = { changes, report: found };
      setReport(found);
    });
  };
  const controls = (
    <>
      <RangePicker
        range={range} resetTo={{ kind: "relative", name: fallbackRange, ms: 86_400_000 }}
        onChange={(next) => go(addressWith(rangeParams(next)), { replace: true })}
      />
      <button type="button" className="button primary" disabled={action.busy} onClick={run}>
        {action.busy ? "Replaying…" : "Replay"}
      </button>
    </>
  );
  const options: Record<keyof Filter, string[]> = {
    model: models.map((one) => one.name), route: routes.map((one) => one.name),
    environment: ["production", "staging", "dev"], tag: [],
  };
  return (
    <Page title="What if" controls={controls}>
      <p className="hint">
        Replays the recorded calls of this time through a changed plan, offline. Nothing is sent to a provider.
      </p>
      <section className="card card-body" aria-label="Which calls">
        <div className="grid-4">
          {filterNames.map((name) => (
            <TextField
              key={name} label={`Only this ${name}`} value={filter[name]} list={options[name]}
              onChange={(value) => go(addressWith({ [name]: value }), { replace: true })}
            />
          ))}
        </div>
      </section>
      <ChangeForm changes={changes} change={change} routes={routes} models={models} />
      {tried && mistakes.length > 0 ? (
        <ul className="notice notice-error sentences" role="alert">{mistakes.map((one) => <li key={one}>{one}</li>)}
        </ul>
      ) : null}
      {action.problem ? <p className="notice notice-error" role="alert">{action.problem}</p> : null}
      {report ? <Report report={report} /> : null}
    </Page>
  );
}
