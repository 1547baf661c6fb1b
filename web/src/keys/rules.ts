import type { BudgetRule, LimitRule, RuleMode, SpendingRules } from "../api/access";
import type { Money } from "../api/types";
import { dollarText, exactMoney, nanodollars } from "../format/money";

/** Budgets and limits in plain words, and as what a person edits. */

export const modes: { value: RuleMode; label: string }[] = [
  { value: "hard", label: "refuse calls" }, { value: "soft", label: "warn only" }, { value: "shadow",
    label: "just count" },
];

export const windows = [
  { value: "minute", label: "minute" }, { value: "hour", label: "hour" }, { value: "day", label: "day" },
  { value: "week", label: "week" }, { value: "month", label: "month" }, { value: "lifetime", label: "lifetime" },
];

const unitWords: Record<string, string> = {
  tokens: "tokens", requests: "requests", parallel: "calls at once",
};

/** An amount of a rule's unit: "$12.50", "40,000 tokens". */
export function amountText(amount: Money, unit: string): string {
  if (unit === "money") return exactMoney(amount);
  return `${BigInt(amount).toLocaleString("en-US")} ${unitWords[unit] ?? unit}`;
}

/** "a month", "in all", "every 30d". */
export function windowText(window: string): string {
  if (window === "lifetime") return "in all";
  if (window === "hour") return "an hour";
  if (windows.some((one) => one.value === window)) return `a ${window}`;
  const [length, from] = window.split("@");
  return `every ${length}${from ? ` from ${from}` : ""}`;
}

/** "in any 60 s"; limits look back from now, they have no calendar. */
export function periodText(periodMs: number): string {
  const units: [number, string][] = [[86_400_000, "day"], [3_600_000, "hour"], [60_000, "minute"], [1_000, "second"]];
  for (const [size, name] of units) if (periodMs === size) return `in any ${name}`;
  return `in any ${periodMs / 1_000} s`;
}

const endings: Record<string, string> = {
  hard: "then calls are refused", soft: "then calls are warned", shadow: "only counted",
};

function tail(rule: BudgetRule | LimitRule): string {
  const models = rule.models?.length ? `, for ${rule.models.join(", ")}` : "";
  return `, ${endings[rule.mode] ?? rule.mode}${models}`;
}

export function budgetWords(rule: BudgetRule): string {
  const more = rule.increase
    ? `, and ${amountText(rule.increase.amount, rule.unit)} more${
      rule.increase.until ? ` until ${rule.increase.until.slice(0, 10)}` : ""}`
    : "";
  return `At most ${amountText(rule.limit, rule.unit)} ${windowText(rule.window)}${more}${tail(rule)}`;
}

export function limitWords(rule: LimitRule): string {
  const period = rule.unit === "parallel" ? "" : ` ${periodText(rule.period_ms ?? 60_000)}`;
  return `At most ${amountText(rule.limit, rule.unit)}${period}${tail(rule)}`;
}

/** All rules, a sentence each. */
export function ruleWords(rules: SpendingRules | null | undefined): string[] {
  return [...(rules?.budgets ?? []).map(budgetWords), ...(rules?.limits ?? []).map(limitWords)];
}

/** One rule while it is edited: every member a text. */
export interface RuleDraft {
  kind: "budget" | "limit";
  id: string;
  unit: string;
  amount: string;
  /** Of a budget. */
  window: string;
  /** Of a limit, in seconds. */
  period: string;
  mode: RuleMode;
  models: string;
  increase: BudgetRule["increase"];
}

export function draftsOf(rules: SpendingRules | null | undefined): RuleDraft[] {
  const common = (rule: BudgetRule | LimitRule): Omit<RuleDraft, "kind" | "window" | "period" | "increase"> => ({
    id: rule.id, unit: rule.unit, mode: rule.mode, models: (rule.models ?? []).join(", "),
    amount: rule.unit === "money" ? dollarText(rule.limit) : String(rule.limit),
  });
  return [
    ...(rules?.budgets ?? []).map((rule): RuleDraft => ({
      ...common(rule), kind: "budget", window: rule.window, period: "60", increase: rule.increase ?? null,
    })),
    ...(rules?.limits ?? []).map((rule): RuleDraft => ({
      ...common(rule), kind: "limit", window: "month", period: String((rule.period_ms ?? 60_000) / 1_000),
      increase: null,
    })),
  ];
}

/** A new rule with a name that is free. */
export function newDraft(kind: RuleDraft["kind"], taken: readonly RuleDraft[]): RuleDraft {
  const base = kind === "budget" ? "monthly" : "rate";
  let id = base;
  for (let n = 2; taken.some((rule) => rule.id === id); n++) id = `${base}-${n}`;
  return {
    kind, id, unit: kind === "budget" ? "money" : "requests", amount: kind === "budget" ? "100" : "60",
    window: "month", period: "60", mode: "hard", models: "", increase: null,
  };
}

/** What is wrong with a rule as it stands, in words; `null` for nothing. */
export function draftProblem(draft: RuleDraft, all: readonly RuleDraft[]): string | null {
  if (draft.id.trim() === "") return "Name the rule: it is how the API and the records call it.";
  if (all.filter((other) => other.id.trim() === draft.id.trim()).length > 1) return "Another rule has this name.";
  if (amountOf(draft) === null) {
    return draft.unit === "money" ? "Write dollars, such as 100 or 2.50." : "Write a whole number, such as 60.";
  }
  if (draft.kind === "limit" && draft.unit !== "parallel" && periodOf(draft) === null) {
    return "Write seconds from 1 to 86400.";
  }
  if (draft.kind === "budget" && draft.window.trim() === "") return "Choose a window, or write a length such as 30d.";
  return null;
}

function amountOf(draft: RuleDraft): bigint | null {
  if (draft.unit === "money") return nanodollars(draft.amount);
  const text = draft.amount.replace(/[,_\s]/g, "");
  return /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}

function periodOf(draft: RuleDraft): number | null {
  const seconds = Number(draft.period);
  return seconds >= 1 && seconds <= 86_400 ? Math.round(seconds * 1_000) : null;
}

function plain(amount: bigint | null): Money {
  const value = amount ?? 0n;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** The drafts as rules; call it when no draft has a problem. */
export function rulesOf(drafts: readonly RuleDraft[]): SpendingRules {
  const models = (draft: RuleDraft): string[] => draft.models.split(",").map((one) => one.trim()).filter(Boolean);
  return {
    budgets: drafts.filter((draft) => draft.kind === "budget").map((draft): BudgetRule => ({
      id: draft.id.trim(), unit: draft.unit as BudgetRule["unit"], limit: plain(amountOf(draft)),
      window: draft.window.trim(), mode: draft.mode, models: models(draft),
      ...(draft.increase ? { increase: draft.increase } : {}),
    })),
    limits: drafts.filter((draft) => draft.kind === "limit").map((draft): LimitRule => ({
      id: draft.id.trim(), unit: draft.unit as LimitRule["unit"], limit: plain(amountOf(draft)),
      ...(draft.unit === "parallel" ? {} : { period_ms: periodOf(draft) ?? 60_000 }),
      mode: draft.mode, models: models(draft),
    })),
  };
}
