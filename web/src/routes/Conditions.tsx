import { useId, useState } from "react";
import { Icon } from "../design/Icon";
import { writeJSON } from "../format/json";
import { conditionOf, conditionWords, fields, operators, rowsOf, type Row } from "./comparisons";

/** Comparisons that must all hold, a row each. */
export function Conditions(
  { label, value, onChange }: { label: string; value: unknown; onChange: (value: unknown) => void },
): JSX.Element {
  const list = useId();
  const given = rowsOf(value);
  // A field that is just being typed anew is no condition yet, but stays a row.
  const [typed, setTyped] = useState<Row[]>(given ?? []);
  if (given === null) {
    return (
      <p className="hint">{label} <span className="mono">{conditionWords(value)}</span> is nested: edit it as JSON.</p>
    );
  }
  const rows = writeJSON(conditionOf(typed) ?? null) === writeJSON(value ?? null) ? typed : given;
  const put = (next: Row[]): void => {
    setTyped(next);
    onChange(conditionOf(next));
  };
  const change = (at: number, to: Partial<Row>): void =>
    put(rows.map((row, index) => (index === at ? { ...row, ...to } : row)));
  const add = (): void => {
    const taken = new Set(rows.map((row) => row.field));
    const field = ["input_tokens", "tag", "user", "environment",
      "team"].find((name) => !taken.has(name)) ?? "metadata.key";
    const size = field === "input_tokens";
    put([...rows, { field, operator: size ? "gt" : "eq", text: size ? "1000" : "", type: size ? "number" : "text" }]);
  };
  return (
    <fieldset className="rules" aria-label={label}>
      <legend>{label}</legend>
      {rows.map((row, at) => (
        <div key={at} className="rule-line">
          <input
            className="input wide mono" aria-label="Field" list={list} value={row.field}
            onChange={(event) => change(at, { field: event.target.value })}
          />
          <select
            className="select" aria-label="Comparison" value={row.operator}
            onChange={(event) => change(at, { operator: event.target.value })}
          >
            {operators.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
          </select>
          {row.operator === "exists" ? null : (
            <input
              className="input wide" aria-label="Value" value={row.text} placeholder="value"
              onChange={(event) => change(at, { text: event.target.value })}
            />
          )}
          <button
            type="button" className="button quiet small" aria-label="Remove the condition"
            onClick={() => put(rows.filter((_, index) => index !== at))}
          ><Icon name="close" size={12} /></button>
        </div>
      ))}
      <div>
        <button type="button" className="button small" onClick={add}><Icon name="plus" size={12} />Condition</button>
      </div>
      <datalist id={list}>{fields.map((field) => <option key={field} value={field} />)}</datalist>
    </fieldset>
  );
}
