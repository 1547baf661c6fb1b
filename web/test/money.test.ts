import assert from "node:assert/strict";
import { test } from "node:test";
import type { BudgetState, SpendingRules } from "../src/api/access";
import type { Summary } from "../src/api/types";
import { burnOf, leftAt } from "../src/budgets/burn";
import { bodyOf, formOf } from "../src/keys/keyForm";
import { draftProblem, draftsOf, newDraft, rulesOf, ruleWords } from "../src/keys/rules";
import { judgement, mistakesIn, noChanges, questionBody } from "../src/whatif/question";

const rules: SpendingRules = {
  budgets: [
    { id: "m", unit: "money", limit: 120_000_000_000, window: "month", mode: "hard", models: [] },
    { id: "t", unit: "tokens", limit: 5_000_000, window: "30d@2026-01-01", mode: "soft", models: ["gpt-4o*"],
      increase: { amount: 1_000, until: null } },
    { id: "big", unit: "money", limit: 9_007_199_254_740_993n, window: "lifetime", mode: "shadow", models: [] },
  ],
  limits: [
    { id: "r", unit: "requests", limit: 60, period_ms: 60_000, mode: "hard", models: [] },
    { id: "p", unit: "parallel", limit: 4, mode: "hard", models: [] },
  ],
};

test("rules read as sentences", () => {
  assert.deepEqual(ruleWords(rules), [
    "At most $120.00 a month, then calls are refused",
    "At most 5,000,000 tokens every 30d from 2026-01-01, and 1,000 tokens more, then calls are warned, for gpt-4o*",
    "At most $9,007,199.254740993 in all, only counted",
    "At most 60 requests in any minute, then calls are refused",
    "At most 4 calls at once, then calls are refused",
  ]);
  assert.deepEqual(ruleWords(undefined), []);
});

test("rules survive being edited, to the last nano-dollar", () => {
  const back = rulesOf(draftsOf(rules));
  assert.deepEqual(back, rules);
  assert.equal(draftsOf(rules)[2]?.amount, "9007199.254740993");
});

test("a rule that cannot be meant is named before it is sent", () => {
  const made = newDraft("budget", draftsOf(rules));
  const all = [made];
  assert.equal(draftProblem(made, all), null);
  assert.ok(draftProblem({ ...made, amount: "lots" }, all)?.startsWith("Write dollars"));
  assert.ok(draftProblem({ ...made, id: " " }, all)?.startsWith("Name the rule"));
  assert.equal(draftProblem(made, [made, { ...made }]), "Another rule has this name.");
  assert.equal(newDraft("budget", all).id, "monthly-2");
  const limit = newDraft("limit", []);
  assert.ok(draftProblem({ ...limit, period: "0" }, [limit])?.startsWith("Write seconds"));
  assert.ok(draftProblem({ ...limit, amount: "1.5" }, [limit])?.startsWith("Write a whole number"));
});

test("a new key says only what was said; a changed one can take everything back", () => {
  const form = { ...formOf(null), name: " x ", models: "a, b*" };
  assert.deepEqual(bodyOf(form, null), {
    name: "x", allowed_models: ["a", "b*"], environment: "production", role: "member",
  });
  const existing = { expires_at: "2027-01-01T00:00:00Z", rules, customer_rules: { budgets: [], limits: [] } } as never;
  const changed = bodyOf({ ...formOf(existing), team: "" }, existing);
  assert.equal("expires_at" in changed, false);
  assert.equal(changed.team, null);
  assert.equal(bodyOf({ ...formOf(existing), expires: "" }, existing).expires_at, null);
  assert.equal(bodyOf({ ...formOf(null), name: "x", expires: "1" }, null, 0).expires_at, "1970-01-02T00:00:00.000Z");
});

const day = 86_400_000;
const state = (used: number, limit = 100): BudgetState => ({
  subject: { kind: "key", id: "k" }, rule: "m", unit: "requests", mode: "hard", models: [], limit, used, reserved: 0,
  remaining: limit - used, window_start: new Date(0).toISOString(), window_end: new Date(30 * day).toISOString(),
  period_ms: null, resets_at: null,
});

function summary(calls: number[]): Summary {
  const points = calls.map((n, at) => ({ at: new Date(at * day).toISOString(), calls: n }));
  return { interval: "day", groups: [{ value: "k", points }] } as unknown as Summary;
}

test("a budget burns down to the ledger's figure, and its end is foretold by the last quarter", () => {
  const burn = burnOf(state(40), summary([5, 5, 5, 5, 5, 5, 5, 5]), 8 * day);
  assert.ok(burn);
  assert.equal(burn.line[burn.line.length - 1]?.left, 60);
  assert.ok(Math.abs(leftAt(burn.line, 4 * day) - 80) < 1e-9);
  assert.ok(Math.abs(burn.pace - 5 / day) < 1e-12);
  assert.ok(Math.abs((burn.emptyAt ?? 0) - 20 * day) < 1);
  const twice = burnOf(state(40), summary([40, 40]), 2 * day);
  assert.equal(twice?.line[1]?.left, 80, "the recorded calls give the shape, the ledger the size");
});

test("a budget that lasts, is empty, unused or without records says so", () => {
  const lasting = burnOf(state(10), summary([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), 10 * day);
  assert.equal(lasting?.emptyAt, null);
  assert.ok(Math.abs((lasting?.leftAtEnd ?? 0) - 70) < 1e-6);
  assert.equal(burnOf(state(100), summary([50, 50]), 2 * day)?.emptyAt, 2 * day);
  const unused = burnOf(state(0), summary([]), 2 * day);
  assert.deepEqual([unused?.pace, unused?.emptyAt, unused?.leftAtEnd], [0, null, 100]);
  const straight = burnOf(state(50), undefined, 10 * day);
  assert.ok(Math.abs(leftAt(straight?.line ?? [], 5 * day) - 75) < 1e-9);
  assert.equal(burnOf({ ...state(1), window_start: null }, undefined, day), null);
});

test("a question is sent as it was typed, and its mistakes are named first", () => {
  assert.equal(mistakesIn(noChanges).length, 1);
  const changes = {
    routes: [{ name: "chat", text: "{\"targets\":[{\"provider\":\"a\",\"seed\":9007199254740993}]}" }],
    prices: [{ provider: "openai", model: "gpt", input: "0.1", output: "" }], cache: [{ route: "chat", ttl: "1h" }],
  };
  assert.deepEqual(mistakesIn(changes), []);
  const filter = { model: "", route: "chat", environment: "", tag: "" };
  assert.deepEqual(questionBody(changes, filter, 0, 1_000, 10), {
    from: "1970-01-01T00:00:00.000Z", to: "1970-01-01T00:00:01.000Z", limit: 10, filter: { route: "chat" },
    changes: {
      routes: { chat: { targets: [{ provider: "a", seed: 9_007_199_254_740_993n }] } },
      prices: [{ provider: "openai", model: "gpt", input: "0.1" }], cache: [{ route: "chat", ttl: "1h" }],
    },
  });
  assert.deepEqual(
    mistakesIn({ routes: [{ name: "x", text: "{" }], prices: [{ provider: "", model: "", input: "x", output: "" }],
      cache: [{ route: "a", ttl: "soon" }] })
      .map((one) => one.split(":")[0]),
    ["Route x, line 1", "Price 1", "Price 1", "Cache 1"],
  );
});

test("a difference counts only when its interval leaves out nothing", () => {
  const delta = (lower: number | null, upper: number | null) => ({ value: 0, lower, upper, calls: 9 });
  assert.deepEqual(
    [delta(-2, -1), delta(1, 2), delta(-1, 1), delta(null, null), null].map(judgement),
    ["better", "worse", "unclear", "unclear", "unclear"],
  );
});
