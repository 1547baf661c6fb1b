import type { RuleMode, SubjectName } from "./access";
import type { Money, Receipt, Timing } from "./types";

/** Routes, providers, the answer cache, and why a call went where it went. */

/** A route's definition as people write it: an object whose members docs/routes.md lists. */
export type Definition = Record<string, unknown>;

export interface Health {
  breaker: "closed" | "open" | "half_open";
  in_flight: number;
  requests: number;
  error_rate: number | null;
  p50_ms: number | null;
  p95_ms: number | null;
  tokens_per_second: number | null;
  cooling_until: string | null;
  last_error: string | null;
  last_error_at?: string | null;
}

export interface RouteTarget {
  label: string;
  provider: string;
  model: string;
  health: Health | null;
}

export interface RouteListing {
  name: string;
  aliases: string[];
  source: "file" | "stored";
  version: number | null;
  overrides_file?: boolean;
  problem?: string | null;
  definition: Definition;
  targets: RouteTarget[];
}

export interface RouteVersion {
  version: number;
  hash: string;
  parent: number | null;
  author: string;
  message: string;
  created_at: string;
  active: boolean;
  definition: Definition;
}

export type Verdict = "chosen" | "fallback" | "reserve" | "ruled_out";

export interface Candidate {
  target: number;
  name: string;
  verdict: Verdict | string;
  order?: number | null;
  after?: string | null;
  reason?: string | null;
  detail?: string | null;
  score?: string | null;
}

export interface Routing {
  strategy: string;
  breaker_bypassed: boolean;
  window_bypassed: boolean;
  attempts: number[];
  considered: Candidate[];
}

export interface ParameterChange {
  name: string;
  action: string;
  detail: string;
}

export interface DryRun {
  route: string;
  model: string;
  input_tokens: number;
  needs: string[];
  summary: string[];
  routing: Routing | null;
  targets: RouteTarget[];
  notes: ParameterChange[];
}

export interface FailedAttempt {
  target: string;
  started_us: number;
  ended_us: number;
  error?: string | null;
  message?: string | null;
  hedge?: boolean | null;
}

export interface BudgetStep {
  subject: SubjectName;
  rule: string;
  unit: string;
  mode: RuleMode;
  window_start: string;
  before: Money;
  amount: Money;
  after: Money;
  limit: Money;
}

export interface Why {
  id: string;
  summary: string[];
  model: string;
  route: string | null;
  key: { id: string; name: string | null };
  provider: string;
  upstream_model: string;
  status?: string;
  routing: Routing | null;
  attempts: FailedAttempt[];
  answered_by: string | null;
  continued: boolean | null;
  cache: { verdict: string; source: string | null; saved_nanodollars: Money | null } | null;
  parameter_changes: ParameterChange[];
  notices: { subject: string; rule: string; mode: string; message: string }[];
  budgets: BudgetStep[];
  receipt: Receipt | null;
  timing: Timing;
}

export interface Provider {
  name: string;
  preset: string | null;
  dialect: string;
  host: string;
  formats: string[];
  targets: (Health & { model: string })[];
}

export interface CacheMeter {
  threshold: number;
  configured: number;
  target: number;
  sample: number;
  judged: number;
  false: number;
  false_hit_rate: number | null;
  false_hit_rate_low: number;
  false_hit_rate_high: number;
  undecided: number;
  judged_in_all: number;
  false_in_all: number;
  history: { at: string; from: number; to: number; reason: string }[];
}

export interface CacheRoute {
  route: string;
  entries: number;
  bytes: number;
  hits: number;
  semantic_hits: number;
  coalesced: number;
  misses: number;
  refreshes: number;
  bypassed: number;
  stored: number;
  evicted: number;
  expired: number;
  saved: Money;
  hit_rate: number | null;
  semantic: CacheMeter | null;
}

export interface CacheReport {
  entries: number;
  bytes: number;
  limit_bytes: number;
  saved: Money;
  routes: CacheRoute[];
}

export interface WhatIfSide {
  cost_nanodollars: Money;
  unpriced: number;
  p50_ms: number | null;
  p95_ms: number | null;
  error_rate: number | null;
}

export interface WhatIfDelta {
  value: number;
  lower: number | null;
  upper: number | null;
  calls: number;
}

export interface WhatIfFigures {
  route: string | null;
  calls: number;
  moved: number;
  refused: number;
  cache_hits: number;
  timed: number;
  baseline: WhatIfSide;
  changed: WhatIfSide;
  delta: Record<"cost_nanodollars" | "p50_ms" | "p95_ms" | "error_rate", WhatIfDelta | null>;
}

export interface WhatIfReport {
  calls: number;
  recorded: number;
  seed: number;
  total: WhatIfFigures;
  routes: WhatIfFigures[];
  targets: { target: string; baseline_calls: number; changed_calls: number }[];
  assumptions: string[];
  coverage: string[];
}
