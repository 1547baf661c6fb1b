import { useMemo, useState } from "react";
import { Members, NumberText } from "../format/json";
import { count } from "../format/numbers";
import { visibleParts } from "../format/text";
import { LongText } from "./LongText";

/** Deeper than this starts folded: the first levels answer most questions. */
const openDepth = 3;
/** Members shown at once; an embedding has thousands of numbers. */
const pageLength = 100;
/** Longer strings get their own block with "show more". */
const inlineCharacters = 600;

/** A JSON value as a foldable tree; only what is open is rendered, so its size does not matter. */
export function JsonTree({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }): JSX.Element {
  if (value !== null && typeof value === "object" && !(value instanceof NumberText)) return <Branch value={value}
    name={name} depth={depth} />;
  return (
    <div className="json-line">
      <Name name={name} />
      <Leaf value={value} />
    </div>
  );
}

function Name({ name }: { name: string | undefined }): JSX.Element | null {
  return name === undefined ? null : <span className="json-name">{visible(name)}: </span>;
}

function visible(text: string): string {
  return visibleParts(text).map((part) => part.text).join("");
}

function Leaf({ value }: { value: unknown }): JSX.Element {
  if (value instanceof NumberText) return <span className="json-plain">{value.text}</span>;
  if (typeof value !== "string") return <span className="json-plain">{String(value)}</span>;
  if (value.length <= inlineCharacters) return <span className="json-string">{visible(JSON.stringify(value))}</span>;
  return <div className="json-block"><LongText text={value} mono /></div>;
}

function Branch({ value, name, depth }: { value: object; name: string | undefined; depth: number }): JSX.Element {
  const isList = Array.isArray(value);
  const all: readonly [string, unknown][] = useMemo(
    () => (value instanceof Members ? value.list : Object.entries(value)), [value],
  );
  const size = all.length;
  const [open, setOpen] = useState(size > 0 && depth < openDepth && (!isList || size <= pageLength));
  const [shown, setShown] = useState(pageLength);
  const members = open ? all.slice(0, shown) : [];
  const [start, end] = isList ? ["[", "]"] : ["{", "}"];
  return (
    <div className="json-branch">
      <button
        type="button" className="json-toggle" aria-expanded={open} onClick={() => setOpen(!open)}
        disabled={size === 0}
      >
        <span className="json-caret" aria-hidden="true">{size === 0 ? " " : open ? "▾" : "▸"}</span>
        <Name name={name} />
        {open
          ? start
          : <span className="json-plain">{start}{size === 0
            ? ""
            : ` ${count(size)} ${isList ? "items" : "members"} `}{end}</span>}
      </button>
      {open ? (
        <div className="json-members">
          {members.map(([key, member], at) => <JsonTree
            key={at} value={member} depth={depth + 1} {...(isList ? {} : { name: key })}
          />)}
          {size > shown ? (
            <button type="button" className="button small" onClick={() => setShown(shown + pageLength * 10)}>
              {count(size - shown)} more
            </button>
          ) : null}
        </div>
      ) : null}
      {open ? <div className="json-line">{end}</div> : null}
    </div>
  );
}
