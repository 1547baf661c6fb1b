import type { Definition } from "../api/gateway";
import { ChoiceField, TextField } from "../design/Field";
import { Conditions } from "./Conditions";
import { kindOf, withMember, type NodeKind, type Problem } from "./tree";
import { timeouts } from "./words";

/** What there is to choose from. */
export interface Known {
  providers: string[];
  models: string[];
  routes: string[];
}

/** Everything of one member of a group. */
export function NodeForm({ node, known, problem, weighted, change, wrap }: {
  node: Definition;
  known: Known;
  problem: Problem | null;
  weighted: boolean;
  change: (node: Definition) => void;
  wrap: () => void;
}): JSX.Element {
  const kind = kindOf(node);
  const set = (path: string[], value: unknown): void => change(withMember(node, path, value));
  const at = (name: string): string | null =>
    problem && (problem.place === name || problem.place.startsWith(`${name}.`)) ? problem.text : null;
  return (
    <div className="stack">
      {kind === "group" ? null : (
        <div className="grid-3">
          <ChoiceField<NodeKind>
            label="Leads to" value={kind} onChange={(to) => change(turned(node, to))}
            options={[{ value: "target", label: "A provider's model" }, { value: "route", label: "A route or model" }]}
          />
          {kind === "route" ? (
            <TextField
              label="Route or model" value={text(node.route)} list={[...known.routes, ...known.models]}
              problem={at("route")} onChange={(to) => set(["route"], to)}
            />
          ) : (
            <>
              <TextField
                label="Provider" value={text(node.provider)} list={known.providers} problem={at("provider")}
                onChange={(to) => set(["provider"], to)}
              />
              <TextField
                label="Model" hint="empty: as asked for" value={text(node.model)} list={known.models}
                problem={at("model")} onChange={(to) => set(["model"], to || undefined)}
              />
            </>
          )}
        </div>
      )}
      <div className="grid-3">
        <TextField
          label="Name" hint="in decisions" value={text(node.name)} problem={at("name")}
          onChange={(to) => set(["name"], to || undefined)}
        />
        <TextField
          label="Weight" hint={weighted ? "its share; 0 takes it out" : "for weighted groups"}
          value={node.weight === undefined ? "" : String(node.weight)} placeholder="1" problem={at("weight")}
          onChange={(to) => set(["weight"], number(to))}
        />
        <TextField
          label="Order" hint="lowest goes first" value={node.order === undefined ? "" : String(node.order)}
          placeholder="0" problem={at("order")} onChange={(to) => set(["order"], number(to))}
        />
      </div>
      <Conditions label="Only if" value={node.when} onChange={(to) => set(["when"], to)} />
      {kind === "route" ? null : (
        <details className="more">
          <summary>Retries and timeouts of its own</summary>
          <div className="grid-3">
            <TextField
              label="Retries" hint="0 to 10" value={retries(node.retry)} problem={at("retry")}
              onChange={(to) => set(typeof node.retry === "object" ? ["retry", "attempts"] : ["retry"], number(to))}
            />
            {timeouts.map((one) => (
              <TextField
                key={one.name} label={one.label} placeholder="as the route" problem={at(`timeouts.${one.name}`)}
                value={text((node.timeouts as Definition | undefined)?.[one.name])}
                onChange={(to) => set(["timeouts", one.name], to || undefined)}
              />
            ))}
          </div>
        </details>
      )}
      {kind === "group" ? null : (
        <div><button type="button" className="button small" onClick={wrap}>Put it into a group of its own</button></div>
      )}
    </div>
  );
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
}

/** A number where the text is one; otherwise the text, which the server then refuses with the place. */
export function number(typed: string): unknown {
  const trimmed = typed.trim();
  if (trimmed === "") return undefined;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

export function retries(value: unknown): string {
  if (value !== null && typeof value === "object") return text((value as Definition).attempts);
  return text(value);
}

function turned(node: Definition, to: NodeKind): Definition {
  const kept = Object.entries(node).filter(([name]) => !["provider", "model", "route", "retry",
    "timeouts"].includes(name));
  const leads = to === "route" ? { route: text(node.model) || text(node.provider) } : { provider: "",
    model: text(node.route) };
  return { ...leads, ...Object.fromEntries(kept) };
}
