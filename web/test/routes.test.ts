import assert from "node:assert/strict";
import { test } from "node:test";
import type { Why } from "../src/api/gateway";
import { conditionOf, conditionWords, rowsOf } from "../src/routes/comparisons";
import { lineDiff } from "../src/routes/diff";
import { usable } from "../src/routes/draft";
import { addTo, moveBy, nodeAt, placeOf, problemAt, problemOf, removeAt, stepsOf, withMember,
  wrapped } from "../src/routes/tree";
import { pairsOf, trialBody } from "../src/routes/trial";
import { timelineOf } from "../src/why/timeline";

const route = {
  name: "chat", strategy: "fallback",
  targets: [
    { strategy: "weighted", targets: [{ provider: "a", weight: 3 }, { provider: "b" }] }, { provider: "c", order: 1 },
    { route: "cheap" },
  ],
};

test("nodes move, go and come without changing what was there", () => {
  const before = JSON.stringify(route);
  const moved = moveBy(route, [0, 1], -1);
  assert.deepEqual(moved.path, [0, 0]);
  assert.deepEqual(nodeAt(moved.root, [0, 0]), { provider: "b" });
  assert.deepEqual(nodeAt(moved.root, [0, 1]), { provider: "a", weight: 3 });
  assert.deepEqual(moveBy(route, [0], -1), { root: route, path: [0] });
  assert.deepEqual(nodeAt(removeAt(route, [0]), [0]), { provider: "c", order: 1 });
  assert.deepEqual(nodeAt(addTo(route, [0], { provider: "d" }), [0, 2]), { provider: "d" });
  assert.equal(JSON.stringify(route), before);
  assert.deepEqual(
    wrapped({ provider: "c", model: "m", order: 1, when: { tag: "eu" } }),
    { order: 1, when: { tag: "eu" }, strategy: "fallback", targets: [{ provider: "c", model: "m" }] },
  );
});

test("members are set and taken out, and empty objects go with them", () => {
  assert.deepEqual(withMember({ a: 1 }, ["timeouts", "total"], "2m"), { a: 1, timeouts: { total: "2m" } });
  assert.deepEqual(withMember({ a: 1, timeouts: { total: "2m" } }, ["timeouts", "total"], undefined), { a: 1 });
  assert.deepEqual(withMember({ retry: 2 }, ["retry", "attempts"], 1), { retry: { attempts: 1 } });
});

test("the server's words are shown at the place they name", () => {
  const problem = problemOf("targets[0].targets[1].weight: A number from 0.0 to 1000000000.0 is expected here.");
  assert.equal(problem.place, "targets[0].targets[1].weight");
  assert.deepEqual(problemAt(problem, [0, 1]), { place: "weight",
    text: "A number from 0.0 to 1000000000.0 is expected here." });
  for (const path of [[], [0], [1], [0, 0]]) assert.equal(problemAt(problem, path), null);
  assert.deepEqual(stepsOf(problem.place), ["targets", 0, "targets", 1, "weight"]);
  assert.equal(problemOf("The route can't be used: timeouts.total: A duration is expected here.").place,
    "timeouts.total");
  assert.equal(problemOf("definition.targets[2].provider: There is no provider.").place, "targets[2].provider");
  assert.deepEqual(problemOf("Something else: entirely"), { place: "", text: "Something else: entirely" });
  assert.deepEqual(problemAt({ place: "targets[1]", text: "x" }, [1]), { place: "", text: "x" });
  assert.deepEqual(problemAt({ place: "targets", text: "x" }, []), { place: "targets", text: "x" });
  assert.equal(problemAt({ place: "targets[10].weight", text: "x" }, [1]), null);
  assert.equal(placeOf([0, 1]), "targets[0].targets[1]");
});

test("plain conditions are rows and come back as they were; nested ones stay JSON", () => {
  const plain = { "metadata.plan": "pro", input_tokens: { gt: 1000 }, tag: ["eu", "us"], user: { exists: true },
    team: { ne: "x" } };
  const rows = rowsOf(plain);
  assert.ok(rows);
  assert.deepEqual(conditionOf(rows), plain);
  assert.equal(conditionWords({ "metadata.plan": "pro", input_tokens: { lt: 9 } }),
    "metadata.plan is pro and input_tokens < 9");
  for (const nested of [{ any: [] }, { not: {} }, { a: { gt: 1, lt: 2 } }, true, { tag: [1] }, { tag: ["a,b"] },
    { x: { like: 1 } }]) {
    assert.equal(rowsOf(nested), null, JSON.stringify(nested));
  }
  assert.deepEqual(rowsOf(undefined), []);
  assert.equal(conditionOf([]), undefined);
  assert.deepEqual(conditionOf([{ field: "user", operator: "eq", text: "0123", type: "text" }]), { user: "0123" });
});

test("a difference is the lines that changed, with what is near them", () => {
  const marks = { same: "=", added: "+", removed: "-", gap: "…" };
  const shown = (a: string, b: string): string[] => lineDiff(a, b).map((line) => marks[line.kind] + line.text);
  assert.deepEqual(shown("a\nb\nc", "a\nx\nc"), ["=a", "-b", "+x", "=c"]);
  assert.deepEqual(shown("same", "same"), ["…1 line unchanged"]);
  const long = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const changed = long.map((line, at) => (at === 10 ? "new" : line));
  assert.deepEqual(shown(long.join("\n"), changed.join("\n")), [
    "…7 lines unchanged", "=line 7", "=line 8", "=line 9", "-line 10", "+new", "=line 11", "=line 12", "=line 13",
    "…6 lines unchanged",
  ]);
  assert.deepEqual(shown("a\nb\nc\nd", "b\nc\nd\ne"), ["-a", "=b", "=c", "=d", "+e"]);
});

test("only trees of objects are drawn", () => {
  assert.ok(usable(route));
  assert.ok(usable({}));
  for (const odd of [null, [], "x", { targets: {} }, { targets: ["x"] },
    { targets: [{ targets: [null] }] }]) assert.equal(usable(odd), null);
});

test("a dry run sends what was typed and nothing else", () => {
  const empty = { prompt: "Hi", stream: false, tools: false, maxTokens: "", user: "", session: "", tags: "",
    metadata: "", headers: "" };
  assert.deepEqual(trialBody(empty, "chat", null), {
    route: "chat", request: { model: "chat", messages: [{ role: "user", content: "Hi" }] },
  });
  const full = trialBody({ ...empty, stream: true, maxTokens: "90", tags: "a, b", metadata: "plan=pro\n\nx",
    user: "u" }, "chat", route);
  assert.equal(full.route, undefined);
  assert.equal(full.definition, route);
  assert.deepEqual([full.tags, full.metadata, full.user], [["a", "b"], { plan: "pro" }, "u"]);
  assert.deepEqual(pairsOf("x-signalbox-route: sort=price; only=a\nb = c"),
    { "x-signalbox-route": "sort=price; only=a", b: "c" });
});

test("the timeline shows failures, hedges and who answered", () => {
  const why = {
    attempts: [
      { target: "a/m", started_us: 1_000, ended_us: 51_000, error: "server_error", message: "down" },
      { target: "b/m", started_us: 30_000, ended_us: 90_000, error: "hedge_lost", hedge: true },
    ],
    answered_by: "c/m", provider: "c", upstream_model: "m", status: "ok", cache: null,
    timing: { admitted_ms: 0.2, connected_ms: 1, first_byte_ms: 60, first_token_ms: null, ended_ms: 120 },
  } as unknown as Why;
  const bars = timelineOf(why);
  assert.deepEqual(bars.map((bar) => [bar.target, bar.from, bar.to, bar.failed]), [
    ["a/m", 1, 51, true], ["b/m", 30, 90, true], ["c/m", 51, 120, false],
  ]);
  assert.equal(bars[0]?.note, "server error: down");
  const cached = { ...why, attempts: [], cache: { verdict: "hit", source: null, saved_nanodollars: 1 } };
  assert.deepEqual(timelineOf(cached), []);
});
