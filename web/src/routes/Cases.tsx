import type { Definition } from "../api/gateway";
import { Icon } from "../design/Icon";
import { Conditions } from "./Conditions";
import { isObject, targetsOf, withMember } from "./tree";

/** The lines of a conditional group: the first whose condition holds names the member that is taken. */
export function Cases({ node, change }: { node: Definition; change: (node: Definition) => void }): JSX.Element {
  const cases = Array.isArray(node.cases) ? node.cases.filter(isObject) : [];
  const names = targetsOf(node).flatMap((one) => (typeof one.name === "string" && one.name !== "" ? [one.name] : []));
  const put = (next: Definition[]): void => change(withMember(node, ["cases"], next));
  const select = (value: unknown, label: string, none: string, to: (name: string) => void): JSX.Element => (
    <select
      className="select" aria-label={label} value={typeof value === "string" ? value : ""}
      onChange={(event) => to(event.target.value)}
    >
      <option value="">{none}</option>
      {typeof value === "string" && value !== "" && !names.includes(value) ? <option value={value}>{value}
        </option> : null}
      {names.map((name) => <option key={name} value={name}>{name}</option>)}
    </select>
  );
  return (
    <div className="rules cases">
      {cases.map((one, at) => (
        <div key={at} className="rule">
          <Conditions
            label={`Case ${at + 1}: if`} value={one.when}
            onChange={(when) => put(cases.map((old, index) => (index === at ? { ...old, when: when ?? {} } : old)))}
          />
          <div className="rule-line">
            <span>then</span>
            {select(one.use, `Target of case ${at + 1}`, "choose…", (use) =>
              put(cases.map((old, index) => (index === at ? { ...old, use } : old))))}
            <button
              type="button" className="button quiet small danger"
              onClick={() => put(cases.filter((_, index) => index !== at))}
            ><Icon name="close" size={12} />Remove case</button>
          </div>
        </div>
      ))}
      <div className="rule-line">
        <button
          type="button" className="button small"
          onClick={() => put([...cases, { when: { "metadata.plan": "pro" }, use: names[0] ?? "" }])}
        ><Icon name="plus" size={12} />Case</button>
        <span>otherwise</span>
        {select(node.default, "Target otherwise", "none", (name) => change(withMember(node, ["default"],
          name || undefined)))}
        {names.length === 0 ? <span className="hint">Give the targets names first (Edit).</span> : null}
      </div>
    </div>
  );
}
