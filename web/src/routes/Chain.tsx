import { useEffect, useRef, useState } from "react";
import type { Definition, RouteTarget } from "../api/gateway";
import { Icon } from "../design/Icon";
import { oneLine } from "../format/text";
import { HealthDot } from "../providers/HealthBadge";
import { Cases } from "./Cases";
import { conditionWords } from "./comparisons";
import { NodeForm, type Known } from "./NodeForm";
import {
  addTo, kindOf, moveBy, nodeAt, placeOf, problemAt, removeAt, targetsOf, titleOf, updateAt, wrapped, withMember,
  type Path, type Problem,
} from "./tree";
import { strategies, strategyOf } from "./words";

interface Shared {
  root: Definition;
  change: (root: Definition) => void;
  problem: Problem | null;
  known: Known;
  health: RouteTarget[];
  open: string | null;
  setOpen: (place: string | null) => void;
  /** Moves a node and keeps the focus with it. */
  move: (path: Path, by: -1 | 1) => void;
}

/** The route as a chain that can be changed: groups with a strategy, targets, links to other routes. */
export function Chain({ root, change, problem, known, health }: {
  root: Definition;
  change: (root: Definition) => void;
  problem: Problem | null;
  known: Known;
  health: RouteTarget[];
}): JSX.Element {
  const [open, setOpen] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const focus = useRef<{ place: string; by: number } | null>(null);
  useEffect(() => {
    if (focus.current === null) return;
    // At an end the button is off: its neighbour keeps the focus at the node.
    const head = frame.current?.querySelector(`[data-place="${focus.current.place}"] > .node-head`);
    const move = `[data-move="${focus.current.by}"]:enabled`;
    (head?.querySelector<HTMLElement>(move) ?? head?.querySelector<HTMLElement>("[aria-expanded]"))?.focus();
    focus.current = null;
  });
  const move = (path: Path, by: -1 | 1): void => {
    const moved = moveBy(root, path, by);
    focus.current = { place: placeOf(moved.path), by };
    setOpen(null);
    change(moved.root);
  };
  return (
    <div className="chain" ref={frame}>
      <Group path={[]} shared={{ root, change, problem, known, health, open, setOpen, move }} />
    </div>
  );
}

function Group({ path, shared }: { path: Path; shared: Shared }): JSX.Element {
  const { root, change } = shared;
  const node = nodeAt(root, path) ?? {};
  const strategy = strategyOf(node.strategy);
  const list = targetsOf(node);
  const found = problemAt(shared.problem, path);
  const mine = found && (path.length > 0 || /^(targets|strategy|cases|default|falls_over|on_status)/.test(found.place));
  const set = (name: string, value: unknown): void =>
    change(updateAt(root, path, (one) => withMember(one, [name], value)));
  const weights = list.reduce((sum, one) => sum + Number(one.weight ?? 1), 0);
  const add = (made: Definition): void => {
    shared.setOpen(placeOf([...path, list.length]));
    change(addTo(root, path, made));
  };
  return (
    <div className="chain-group" role="group" aria-label={path.length === 0 ? "Route" : titleOf(node)}>
      <div className="chain-head">
        <select
          className="select" aria-label="Strategy" value={strategy.value}
          onChange={(event) => set("strategy", event.target.value)}
        >
          {strategies.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
        <span className="hint">{strategy.help}</span>
      </div>
      {mine ? <p className="problem" role="alert"><b className="mono">{found.place}</b> {found.text}</p> : null}
      {strategy.value === "conditional" ? (
        <Cases node={node} change={(next) => change(updateAt(root, path, () => next))} />
      ) : null}
      <div className="chain-list">
        {list.map((one, at) => (
          <div key={at}>
            {at > 0 ? (
              <div className={strategy.link === "if it fails" ? "chain-link" : "chain-link apart"}>
                <span>{strategy.link}</span>
              </div>
            ) : null}
            <Node
              path={[...path, at]} node={one} last={at === list.length - 1} shared={shared}
              share={strategy.value === "weighted" && weights > 0 ? Number(one.weight ?? 1) / weights : null}
            />
          </div>
        ))}
      </div>
      {list.length === 0 && !mine ? <p className="hint">Nothing here yet: a group needs at least one target.</p> : null}
      <div className="row-flex add-row">
        <AddButton label="Target" add={() => add({ provider: shared.known.providers[0] ?? "" })} />
        <AddButton label="Link to a route or model" add={() => add({ route: "" })} />
        <AddButton label="Group" add={() => add({ strategy: "fallback", targets: [] })} />
      </div>
    </div>
  );
}

function AddButton({ label, add }: { label: string; add: () => void }): JSX.Element {
  return (
    <button type="button" className="button small" onClick={add} aria-label={`Add: ${label}`}>
      <Icon name="plus" size={12} />{label}
    </button>
  );
}

function Node({ path, node, last, share, shared }: {
  path: Path;
  node: Definition;
  last: boolean;
  share: number | null;
  shared: Shared;
}): JSX.Element {
  const { root, change, open, setOpen } = shared;
  const place = placeOf(path);
  const at = path[path.length - 1] ?? 0;
  const kind = kindOf(node);
  const found = kind === "group" ? null : problemAt(shared.problem, path);
  const isOpen = open === place;
  return (
    <div className={found ? "node has-problem" : "node"} data-place={place}>
      <div className="node-head">
        <span className="node-number" aria-hidden="true">{at + 1}</span>
        <span className="node-title">
          {kind === "route" ? <span className="hint">to </span> : null}{oneLine(titleOf(node))}
        </span>
        <Chips node={node} share={share} shared={shared} />
        <span className="node-tools">
          <Tool label={`Move up ${titleOf(node)}`} icon="up" move={-1} off={at === 0}
            run={() => shared.move(path, -1)} />
          <Tool label={`Move down ${titleOf(node)}`} icon="down" move={1} off={last} run={() => shared.move(path, 1)} />
          <button
            type="button" className="button quiet small" aria-expanded={isOpen}
            onClick={() => setOpen(isOpen ? null : place)}
          >{isOpen ? "Done" : "Edit"}</button>
          <Tool
            label={`Remove ${titleOf(node)}`} icon="close" off={false}
            run={() => {
              setOpen(null);
              change(removeAt(root, path));
            }}
          />
        </span>
      </div>
      {found ? (
        <p className="node-problem" role="alert">{found.place ? <b className="mono">
        {found.place} </b> : null}{found.text}</p>
      ) : null}
      {isOpen ? (
        <div className="node-body">
          <NodeForm
            node={node} known={shared.known} problem={found} weighted={share !== null}
            change={(next) => change(updateAt(root, path, () => next))}
            wrap={() => {
              setOpen(null);
              change(updateAt(root, path, wrapped));
            }}
          />
        </div>
      ) : null}
      {kind === "group" ? <Group path={path} shared={shared} /> : null}
    </div>
  );
}

function Chips({ node, share, shared }: { node: Definition; share: number | null; shared: Shared }): JSX.Element {
  const health = shared.health.find((one) => one.provider === node.provider && one.model === node.model)?.health;
  return (
    <>
      {share !== null ? (
        <span className="row-flex" title={`weight ${String(node.weight ?? 1)}`}>
          <span className="share-bar"><i style={{ width: `${100 * share}%` }} /></span>
          <span className="hint number">{Math.round(100 * share)}%</span>
        </span>
      ) : null}
      {node.order ? <span className="chip">order <b>{String(node.order)}</b></span> : null}
      {node.when !== undefined ? (
        <span className="chip" title={conditionWords(node.when)}>
          if <b>{oneLine(conditionWords(node.when)).slice(0, 44)}</b>
        </span>
      ) : null}
      {health ? <HealthDot health={health} /> : null}
    </>
  );
}

function Tool({ label, icon, off, run, move }: {
  label: string;
  icon: "up" | "down" | "close";
  off: boolean;
  run: () => void;
  move?: -1 | 1;
}): JSX.Element {
  return (
    <button
      type="button" className="button quiet small" aria-label={label} title={label.split(" ").slice(0, 2).join(" ")}
      disabled={off} data-move={move} onClick={run}
    >
      <Icon name={icon} size={13} />
    </button>
  );
}
