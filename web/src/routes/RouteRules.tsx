import type { Definition } from "../api/gateway";
import { CheckField, ChoiceField, TextField } from "../design/Field";
import { number, retries, text } from "./NodeForm";
import { isObject, withMember, type Problem } from "./tree";
import { timeouts } from "./words";

interface Props {
  root: Definition;
  change: (root: Definition) => void;
  problem: Problem | null;
}

/** What holds for the whole route: names, retries, deadlines, stickiness, hedging, breaks, fallbacks, demands. */
export function RouteRules({ root, change, problem }: Props): JSX.Element {
  const set = (path: string[], value: unknown): void => change(withMember(root, path, value));
  const at = (name: string): string | null =>
    problem && (problem.place === name || problem.place.startsWith(`${name}.`) || problem.place.startsWith(`${name}[`))
      ? problem.text
      : null;
  const member = (name: string): Definition => {
    const value = root[name];
    return isObject(value) ? value : {};
  };
  const sticky = typeof root.stickiness === "string" ? root.stickiness : text(member("stickiness").by) || "none";
  const cache = typeof root.cache === "string"
    ? root.cache
    : isObject(root.cache) ? text(root.cache.mode) || "exact" : "off";
  const list = (name: string): string => (Array.isArray(root[name]) ? names(root[name] as unknown[]) : "");
  return (
    <div className="stack">
      <div className="grid-3">
        <TextField
          label="Aliases" hint="comma between several" value={list("aliases")} problem={at("aliases")}
          onChange={(to) => set(["aliases"], listOf(to))}
        />
        <TextField
          label="Retries on the same target" hint="0 to 10" placeholder="0" value={retries(root.retry)}
          problem={at("retry")}
          onChange={(to) => set(isObject(root.retry) ? ["retry", "attempts"] : ["retry"], number(to))}
        />
        <ChoiceField
          label="When a stream breaks" value={text(root.on_stream_break) || "error"} problem={at("on_stream_break")}
          onChange={(to) => set(["on_stream_break"], to === "error" ? undefined : to)}
          options={[{ value: "error", label: "Send an error event" }, { value: "continue",
            label: "Go on with the next target" }]}
        />
        <ChoiceField
          label="Keep together" value={sticky} problem={at("stickiness")}
          onChange={(to) => set(["stickiness"], to === "none" ? undefined : { ...member("stickiness"), by: to })}
          options={[
            { value: "none", label: "Nothing" }, { value: "session", label: "A session" },
            { value: "user", label: "A user" },
          ]}
        />
        {sticky === "none" ? null : (
          <TextField
            label="For how long" hint="empty: for good" placeholder="1h" value={text(member("stickiness").ttl)}
            onChange={(to) => set(["stickiness"], withMember({ ...member("stickiness"), by: sticky }, ["ttl"],
              to || undefined))}
          />
        )}
        <TextField
          label="Hedge after" hint="a second copy goes to the next" placeholder="never"
            value={text(member("hedge").after)}
          problem={at("hedge")} onChange={(to) => set(to === "" ? ["hedge"] : ["hedge", "after"], to || undefined)}
        />
        <TextField
          label="Too long goes to" hint="routes or models" value={list("context_window_fallback")}
          problem={at("context_window_fallback")} onChange={(to) => set(["context_window_fallback"], listOf(to))}
        />
        <TextField
          label="Refused content goes to" hint="routes or models" value={list("content_policy_fallback")}
          problem={at("content_policy_fallback")} onChange={(to) => set(["content_policy_fallback"], listOf(to))}
        />
        <TextField
          label="Priority" hint="higher goes first" placeholder="0" value={text(root.priority)} problem={at("priority")}
          onChange={(to) => set(["priority"], number(to))}
        />
      </div>
      <fieldset>
        <legend>Deadlines <em className="hint">of one attempt, such as 500ms or 30s; empty for the provider's own</em>
        </legend>
        <div className="grid-3">
          {timeouts.map((one) => (
            <TextField
              key={one.name} label={one.label} value={text(member("timeouts")[one.name])}
              problem={at(`timeouts.${one.name}`)}
              onChange={(to) => set(["timeouts", one.name], to || undefined)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Answer cache</legend>
        <div className="grid-3">
          <ChoiceField
            label="Mode" value={cache} problem={at("cache")}
            onChange={(to) => set(["cache"], to === "off" ? undefined : { ...member("cache"), mode: to })}
            options={[
              { value: "off", label: "Off" }, { value: "exact", label: "The same request" },
              { value: "semantic", label: "What means the same" },
            ]}
          />
          {cache !== "off" ? (
            <TextField
              label="Kept for" hint="such as 1h" placeholder="7 days" value={text(member("cache").ttl)}
              onChange={(to) => set(["cache"], withMember({ mode: cache, ...member("cache") }, ["ttl"], number(to)))}
            />
          ) : null}
        </div>
        <CheckField
          label="Identical calls in flight share one answer" value={root.coalesce === true}
          onChange={(to) => set(["coalesce"], to || undefined)}
        />
      </fieldset>
      <fieldset>
        <legend>Every target must <em className="hint">be known to meet this</em></legend>
        <div className="row-flex">
          <CheckField
            label="not collect data" value={member("require").data_collection === "deny"}
            onChange={(to) => set(["require", "data_collection"], to ? "deny" : undefined)}
          />
          <CheckField
            label="retain nothing" value={member("require").zero_retention === true}
            onChange={(to) => set(["require", "zero_retention"], to || undefined)}
          />
        </div>
        <TextField
          label="Be in one of these regions" value={names((member("require").regions as unknown[] | undefined) ?? [])}
          problem={at("require")} onChange={(to) => set(["require", "regions"], listOf(to))}
        />
      </fieldset>
    </div>
  );
}

function names(values: unknown[]): string {
  return values.map((one) => (typeof one === "string" ? one : "{…}")).join(", ");
}

/** Names by commas. While a comma is typed there is an empty last one, which is kept so that typing goes on. */
function listOf(typed: string): string[] | undefined {
  if (typed.trim() === "") return undefined;
  return typed.split(",").map((one, at, all) => (at === all.length - 1 ? one.trimStart() : one.trim()));
}
