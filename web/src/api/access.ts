import type { Money } from "./types";

/** Who may call, and how much: keys, what they belong to, and the rules that bind them. */

export type RuleMode = "hard" | "soft" | "shadow";

export interface BudgetRule {
  id: string;
  unit: "money" | "tokens" | "requests";
  limit: Money;
  window: string;
  mode: RuleMode;
  models: string[];
  increase?: { amount: Money; until: string | null } | null;
}

export interface LimitRule {
  id: string;
  unit: "requests" | "tokens" | "parallel";
  limit: Money;
  period_ms?: number;
  mode: RuleMode;
  models: string[];
}

export interface SpendingRules {
  budgets: BudgetRule[];
  limits: LimitRule[];
}

/** What keys, teams and all the others have in common. */
export interface Governed {
  id: string;
  name: string;
  created_at: string;
  blocked: boolean;
  allowed_models: string[] | null;
  rules: SpendingRules;
  customer_rules: SpendingRules;
  metadata: Record<string, string>;
}

export interface Key extends Governed {
  hint: string;
  project: string;
  environment: string;
  role: string;
  scopes: string[];
  team: string | null;
  user: string | null;
  expires_at: string | null;
  revoked_at: string | null;
  model_aliases: Record<string, string>;
  takes_user_as_customer: boolean;
  parameter_policy: "strict" | "warn" | "drop" | null;
  tags: string[];
  retired_secrets: { hint: string; valid_until: string }[];
}

export interface NewKey extends Key {
  secret: string;
}

/** A team, user, customer, project or organisation. */
export interface SubjectRecord extends Governed {
  team?: string | null;
  organisation?: string;
}

export type SubjectKind = "organisation" | "project" | "team" | "user" | "key" | "customer";

export interface SubjectName {
  kind: SubjectKind;
  id: string;
}

export interface BudgetState {
  subject: SubjectName;
  rule: string;
  unit: string;
  mode: RuleMode;
  models: string[];
  limit: Money;
  used: Money;
  reserved: Money;
  remaining: Money;
  window_start: string | null;
  window_end: string | null;
  period_ms: number | null;
  resets_at: string | null;
}

export interface BudgetHistory {
  subject: SubjectName;
  rule: string;
  unit: string;
  mode: RuleMode;
  limit: Money;
  window: string;
  windows: { start: string; end: string | null; used: Money }[];
}
