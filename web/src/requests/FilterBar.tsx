import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useQuery } from "../api/query";
import type { Summary } from "../api/types";
import { addressWith, go, usePlace } from "../app/location";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../design/Icon";
import { oneLine } from "../format/text";
import type { RequestFeed } from "./feed";
import { fields, parseToken, suggestions, tokensOf, type Field, type Suggestion, type Token } from "./filters";

/** A whole request id, pasted to open it. */
const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Filters as `field:value` tokens with suggestions; each is a parameter of the address. */
export function FilterBar({ feed }: { feed: RequestFeed }): JSX.Element {
  const place = usePlace();
  const tokens = tokensOf(place);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [index, setIndex] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const valuesOf = useValues(open ? text : null, feed);
  const offered = open ? suggestions(text, valuesOf) : [];
  const chosen = Math.min(index, offered.length - 1);
  useShortcuts({ "/": () => input.current?.focus() });
  useEffect(() => setProblem(null), [place]);

  const change = (next: string): void => {
    setText(next);
    setIndex(0);
    setProblem(null);
    setOpen(true);
  };
  const commit = (token: Token): void => {
    change("");
    go(addressWith({ [token.field.name]: token.value }));
  };
  const take = (suggestion: Suggestion): void => {
    const token = suggestion.complete ? parseToken(suggestion.text) : null;
    if (token) commit(token);
    else change(suggestion.text);
  };
  const enter = (): void => {
    const token = parseToken(text);
    const suggestion = offered[chosen];
    // A typed value is meant as typed unless a suggestion was moved to.
    if (token && (index === 0 || !suggestion)) return commit(token);
    if (requestId.test(text.trim())) return go(`/requests/${text.trim()}`);
    if (suggestion) return take(suggestion);
    if (text.trim() !== "") {
      setProblem(
        `Write field:value, for example model:gpt-4o. Fields: ${fields.map((field) => field.word).join(", ")}.`,
      );
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setOpen(true);
      setIndex((chosen + step + offered.length) % Math.max(1, offered.length));
    } else if (event.key === "Tab" && open && text !== "" && offered[chosen]) take(offered[chosen] as Suggestion);
    else if (event.key === "Enter") enter();
    else if (event.key === "Escape") {
      if (open && offered.length > 0 && text !== "") change("");
      setOpen(false);
      input.current?.blur();
    } else if (event.key === "Backspace" && text === "" && tokens.length > 0) {
      const last = tokens[tokens.length - 1];
      if (last) go(addressWith({ [last.field.name]: null }));
    } else return;
    event.preventDefault();
  };
  return (
    <div className="filter" onMouseDown={(event) => event.target === event.currentTarget && input.current?.focus()}>
      <Icon name="search" size={14} />
      {tokens.map((token) => <TokenChip key={token.field.name} token={token} />)}
      <input
        ref={input} value={text} role="combobox" aria-label="Filter requests" aria-expanded={offered.length > 0}
        aria-controls="filter-list"
        aria-activedescendant={offered[chosen] ? `filter-${chosen}` : undefined} aria-invalid={problem !== null}
        placeholder={tokens.length === 0 ? "Filter: model:gpt-4o  status:error  user:ana" : ""} spellCheck={false}
        autoCapitalize="off" autoComplete="off"
        onChange={(event) => change(event.target.value)} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      {tokens.length > 0 ? (
        <button
          type="button" className="button quiet small"
          onClick={() => go(addressWith(Object.fromEntries(fields.map((field) => [field.name, null]))))}
        >
          Clear
        </button>
      ) : <kbd>/</kbd>}
      {offered.length > 0 ? (
        <ul className="suggestions" id="filter-list" role="listbox" aria-label="Suggestions">
          {offered.map((suggestion, at) => (
            <li
              key={suggestion.text} id={`filter-${at}`} role="option" aria-selected={at === chosen}
              onMouseMove={() => setIndex(at)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
            >
              <span className="mono">{oneLine(suggestion.text)}</span><span className="hint">{suggestion.help}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {problem ? <p className="filter-problem" role="alert">{problem}</p> : null}
    </div>
  );
}

function TokenChip({ token }: { token: Token }): JSX.Element {
  const value = oneLine(token.field.show ? token.field.show(token.value) : token.value);
  return (
    <span className="token">
      <span className="token-field">{token.field.word}:</span>{value}
      <button
        type="button" aria-label={`Remove ${token.field.word} ${value}`}
        onClick={() => go(addressWith({ [token.field.name]: null }))}
      >
        <Icon name="close" size={10} />
      </button>
    </span>
  );
}

/** Days whose groups are suggested: long enough to know a team's users, short enough for a rollup. */
const suggestedMs = 14 * 86_400_000;

/** Values for suggestions: fixed ones, groups of the last days once the field is named, and rows already loaded. */
function useValues(text: string | null, feed: RequestFeed): (field: Field) => string[] {
  const word = text?.includes(":") ? text.slice(0, text.indexOf(":")).trim().toLowerCase() : null;
  const field = fields.find((one) => one.word === word || one.name === word);
  const [from] = useState(() => Math.floor((Date.now() - suggestedMs) / 86_400_000) * 86_400_000);
  const path = field?.group ? `/summary?from=${from}&interval=day&group_by=${field.group}&limit=100` : null;
  const summary = useQuery<Summary>(path, { fresh: false }).data;
  return (wanted) => {
    const known = new Set(wanted.values ?? []);
    for (const group of wanted === field ? summary?.groups ?? [] : []) {
      // Successes are a group of their own among the errors.
      if (group.value && !(field?.group === "error" && group.value === "ok")) known.add(group.value);
    }
    for (const row of feed.rows.slice(0, 500)) valueOf(
      row as unknown as Record<string, unknown>, wanted.name,
    ).forEach((value) => known.add(value));
    return [...known];
  };
}

function valueOf(row: Record<string, unknown>, name: string): string[] {
  const value = name === "tag" ? row.tags : name === "key" ? row.key_id : name === "trace" ? row.trace_id : row[name];
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === "string");
  return typeof value === "string" && value !== "" ? [value] : [];
}
