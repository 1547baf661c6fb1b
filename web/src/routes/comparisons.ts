import { writeJSON } from "../format/json";
import { isObject } from "./tree";

/** Conditions whose members are plain comparisons, as rows; anything nested stays JSON. */

export const fields = [
  "metadata.", "parameters.", "model", "user", "team", "customer", "key", "tag", "feature", "environment",
  "input_tokens", "session", "streams", "operation", "path", "target.provider", "target.model", "target.region",
  "target.input_price", "target.output_price", "target.context_window",
];

export const operators: { value: string; label: string }[] = [
  { value: "eq", label: "is" }, { value: "ne", label: "is not" }, { value: "in", label: "is one of" },
  { value: "nin", label: "is none of" }, { value: "gt", label: ">" }, { value: "gte", label: "≥" },
  { value: "lt", label: "<" }, { value: "lte", label: "≤" }, { value: "contains", label: "contains" },
  { value: "prefix", label: "begins with" }, { value: "regex", label: "matches" }, { value: "exists",
    label: "is there" },
];

export interface Row {
  field: string;
  operator: string;
  text: string;
  /** What the value was in JSON: a number stays one while its text is one. */
  type: "text" | "number" | "flag";
}

const ordered = ["gt", "gte", "lt", "lte"];
const listed = ["in", "nin"];

/** The rows of a condition; `null` where it is more than rows can say. */
export function rowsOf(condition: unknown): Row[] | null {
  if (condition === undefined || condition === null) return [];
  if (!isObject(condition)) return null;
  const rows: Row[] = [];
  for (const [field, value] of Object.entries(condition)) {
    if (["all", "any", "not"].includes(field) || field.startsWith("$")) return null;
    const pairs = isObject(value)
      ? Object.entries(value)
      : [[Array.isArray(value) ? "in" : "eq", value] as [string, unknown]];
    if (pairs.length !== 1) return null;
    const [operator, operand] = pairs[0] ?? ["", null];
    const row = rowOf(field, operator, operand);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

function rowOf(field: string, operator: string, value: unknown): Row | null {
  if (!operators.some((one) => one.value === operator)) return null;
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one === "string" && !one.includes(","));
    return plain && listed.includes(operator) ? { field, operator, text: value.join(", "), type: "text" } : null;
  }
  if (typeof value === "object") return null;
  const type = typeof value === "number" || typeof value === "bigint" ? "number" : typeof value === "boolean" ? "flag"
    : "text";
  return { field, operator, text: String(value), type };
}

/** The condition that rows say; rows without a field do not count. `undefined` for none. */
export function conditionOf(rows: readonly Row[]): Record<string, unknown> | undefined {
  const said = rows.filter((row) => row.field.trim() !== "");
  if (said.length === 0) return undefined;
  return Object.fromEntries(said.map((row) => {
    const value = valueOf(row);
    const isPlain = row.operator === "eq" || row.operator === "in";
    return [row.field.trim(), isPlain ? value : { [row.operator]: value }];
  }));
}

function valueOf(row: Row): unknown {
  if (row.operator === "exists") return row.text !== "false";
  if (listed.includes(row.operator)) return row.text.split(",").map((one) => one.trim()).filter(Boolean);
  const isNumber = /^-?\d+(\.\d+)?$/.test(row.text.trim());
  if (isNumber && (row.type === "number" || ordered.includes(row.operator))) return Number(row.text);
  if (row.type === "flag" && /^(true|false)$/.test(row.text)) return row.text === "true";
  return row.text;
}

/** "metadata.plan is pro and input_tokens > 1000". */
export function conditionWords(condition: unknown): string {
  const rows = rowsOf(condition);
  if (rows === null) return writeJSON(condition);
  return rows.map((row) => {
    const word = operators.find((one) => one.value === row.operator)?.label ?? row.operator;
    if (row.operator === "exists") return `${row.field} is ${row.text === "false" ? "not " : ""}there`;
    return `${row.field} ${word} ${row.text}`;
  }).join(" and ");
}
