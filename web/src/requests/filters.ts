import type { Place } from "../app/location";
import { exactMoney } from "../format/money";

/** A field that the list can be filtered by; its name is the API's parameter and the address's. */
export interface Field {
  name: string;
  /** What is typed and shown before the colon. */
  word: string;
  help: string;
  /** The only values there are. */
  values?: string[];
  /** The summary grouping whose values are suggestions. */
  group?: string;
  /** Typed text to the parameter's value; `null` if it means nothing. */
  parse?: (text: string) => string | null;
  show?: (value: string) => string;
}

export const fields: Field[] = [
  { name: "model", word: "model", help: "model as the caller named it", group: "model" },
  { name: "status", word: "status", help: "how it ended", values: ["ok", "error", "cancelled"] },
  { name: "user", word: "user", help: "end user", group: "user" },
  { name: "session", word: "session", help: "conversation" },
  { name: "feature", word: "feature", help: "part of your product", group: "feature" },
  { name: "tag", word: "tag", help: "any tag", group: "tag" },
  { name: "provider", word: "provider", help: "who answered", group: "provider" },
  { name: "route", word: "route", help: "route that the model led to", group: "route" },
  { name: "team", word: "team", help: "team of the key", group: "team" },
  { name: "customer", word: "customer", help: "end customer", group: "customer" },
  {
    name: "cache", word: "cache", help: "what the answer cache did",
    values: ["hit", "semantic_hit", "coalesced", "miss", "bypass", "refresh"],
  },
  {
    name: "environment", word: "environment", help: "production, staging, …",
    values: ["production", "staging", "dev"],
  },
  { name: "key", word: "key", help: "key id", group: "key" },
  { name: "error_code", word: "error", help: "error code", group: "error" },
  {
    name: "http_status",
    word: "http",
    help: "HTTP status",
    values: ["200", "400", "401", "404", "429", "500", "502", "503", "504"],
  },
  {
    name: "operation",
    word: "operation",
    help: "kind of call",
    values: [
      "chat", "messages", "responses", "embeddings", "text_completion", "moderations", "count_tokens", "passthrough",
    ],
  },
  { name: "streamed", word: "streamed", help: "true or false", values: ["true", "false"] },
  { name: "trace", word: "trace", help: "trace id" },
  {
    name: "min_cost_nanodollars",
    word: "cost-from",
    help: "dollars or more, such as 0.01",
    parse: dollars,
    show: (value) => (/^\d+$/.test(value) ? exactMoney(BigInt(value)) : value),
  },
  {
    name: "min_duration_ms",
    word: "ms-from",
    help: "milliseconds or more, such as 2000",
    parse: (text) => (/^\d+(\.\d+)?$/.test(text) ? text : null),
    show: (value) => `${value} ms`,
  },
];

/** A decimal of dollars as whole nano-dollars, by digits alone. */
export function dollars(text: string): string | null {
  const match = /^\$?(\d{1,7})(?:\.(\d{0,9}))?$/.exec(text);
  if (!match) return null;
  return BigInt(`${match[1]}${(match[2] ?? "").padEnd(9, "0")}`).toString();
}

export interface Token {
  field: Field;
  value: string;
}

/** The filters that an address names, in the fields' order. */
export function tokensOf(place: Place): Token[] {
  return fields.flatMap((field) => {
    const value = place.params.get(field.name);
    return value === null || value === "" ? [] : [{ field, value }];
  });
}

/** `word:value` (or the API's own name) as a filter, or `null` if it is not one yet. */
export function parseToken(text: string): Token | null {
  const match = /^\s*([a-z_-]+)\s*:\s*(.+?)\s*$/i.exec(text);
  const word = match?.[1]?.toLowerCase();
  const field = fields.find((one) => one.word === word || one.name === word);
  if (!field || !match?.[2]) return null;
  const value = field.parse ? field.parse(match[2]) : match[2];
  return value === null ? null : { field, value };
}

export interface Suggestion {
  /** What is typed if it is chosen: `word:` or `word:value`. */
  text: string;
  help: string;
  /** Whether choosing it completes a filter. */
  complete: boolean;
}

/** Shown at once; more is a list to read, not a suggestion. */
const maximumSuggestions = 9;

/** What the typed text could become: fields, values of the field before the colon, or values of any field. */
export function suggestions(text: string, valuesOf: (field: Field) => string[]): Suggestion[] {
  const colon = text.indexOf(":");
  const typed = text.trim().toLowerCase();
  if (colon < 0) {
    const named = fields.filter((field) => field.word.startsWith(typed))
      .map((field): Suggestion => ({ text: `${field.word}:`, help: field.help, complete: false }));
    const valued = typed.length < 2 ? [] : fields.flatMap((field) => matching(field, typed, valuesOf));
    return [...named, ...valued].slice(0, maximumSuggestions);
  }
  const word = text.slice(0, colon).trim().toLowerCase();
  const field = fields.find((one) => one.word === word || one.name === word);
  return field
    ? matching(field, text.slice(colon + 1).trim().toLowerCase(), valuesOf).slice(0, maximumSuggestions)
    : [];
}

function matching(field: Field, typed: string, valuesOf: (field: Field) => string[]): Suggestion[] {
  return valuesOf(field).filter((value) => value !== "" && value.toLowerCase().includes(typed))
    .map((value) => ({ text: `${field.word}:${value}`, help: "", complete: true }));
}
