import { useState, type FormEvent } from "react";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Segmented, Select } from "../design/Select";
import { rangeText } from "../format/time";
import { presets, type Range } from "./range";

interface Props {
  range: Range;
  onChange: (range: Range) => void;
  /** Offers "All time", for lists that are read from the newest anyway. */
  withAll?: boolean;
  /** What the cross beside a fixed range returns to. */
  resetTo: Range;
}

export function RangePicker({ range, onChange, withAll = false, resetTo }: Props): JSX.Element {
  const [editing, setEditing] = useState(false);
  const value = range.kind === "relative" ? range.name : range.kind === "all" ? "all" : "fixed";
  const choose = (name: string): void => {
    if (name === "custom") return setEditing(true);
    if (name === "all") return onChange({ kind: "all" });
    const preset = presets.find((candidate) => candidate.name === name);
    if (preset) onChange({ kind: "relative", name: preset.name, ms: preset.ms });
  };
  const all = (label: string): { value: string; label: string }[] => (withAll ? [{ value: "all", label }] : []);
  return (
    <div className="range">
      {range.kind === "fixed" ? (
        <span className="range-fixed">
          <button type="button" onClick={() => setEditing(true)} title="Change the range">
            {rangeText(range.from, range.to)}
          </button>
          <button type="button" aria-label="Clear the time range" onClick={() => onChange(resetTo)}>
            <Icon name="close" size={12} />
          </button>
        </span>
      ) : null}
      <div className="wide-only">
        <Segmented
          label="Time range" value={value} onChange={choose}
          options={[
            ...all("All"), ...presets.map((preset) => ({ value: preset.name, label: preset.name })),
            { value: "custom", label: "…" },
          ]}
        />
      </div>
      <div className="narrow-only">
        <Select
          label="Time range" value={value} onChange={choose}
          options={[
            ...(value === "fixed" ? [{ value: "fixed", label: "Fixed" }] : []), ...all("All time"),
            ...presets.map((preset) => ({ value: preset.name, label: preset.label })),
            { value: "custom", label: "Custom…" },
          ]}
        />
      </div>
      {editing ? <CustomRange range={range} close={() => setEditing(false)} onChange={onChange} /> : null}
    </div>
  );
}

/** `datetime-local` speaks local time without a zone. */
function localText(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function CustomRange(
  { range, close, onChange }: { range: Range; close: () => void; onChange: (range: Range) => void },
): JSX.Element {
  const now = Date.now();
  const [from, setFrom] = useState(localText(range.kind === "fixed"
    ? range.from
    : now - (range.kind === "relative" ? range.ms : 86_400_000)));
  const [to, setTo] = useState(localText(range.kind === "fixed" ? range.to : now));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [a, b] = [Date.parse(from), Date.parse(to)];
    if (!(a < b)) return setProblem("The start must be before the end.");
    onChange({ kind: "fixed", from: a, to: b });
    close();
  };
  return (
    <Dialog title="Time range" onClose={close}>
      <form className="form" onSubmit={submit}>
        <label>
          <span>From</span>
          <input
            className="input" type="datetime-local" required value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label>
          <span>To</span>
          <input
            className="input" type="datetime-local" required value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <p className="problem" role="alert">{problem}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={close}>Cancel</button>
          <button type="submit" className="button primary">Apply</button>
        </div>
      </form>
    </Dialog>
  );
}
