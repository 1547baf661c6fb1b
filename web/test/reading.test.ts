import assert from "node:assert/strict";
import { test } from "node:test";
import { EventParser } from "../src/api/events";
import { bucketsFor, joined, spread } from "../src/charts/series";
import { dollars, parseToken, suggestions } from "../src/requests/filters";
import { turnOf, type Part } from "../src/request/turns";

test("events are the same at every split point", () => {
  const stream =
    ": hello\r\n\r\nevent: request\r\ndata: {\"a\":1}\r\n\r\ndata: one\ndata: two\n\n: ping\n\nevent: request\ndata:x\n\n";
  const expected = [["request", "{\"a\":1}"], ["message", "one\ntwo"], ["request", "x"]];
  for (let cut = 0; cut <= stream.length; cut++) {
    const parser = new EventParser();
    const got: string[][] = [];
    for (const piece of [
      stream.slice(0, cut), stream.slice(cut),
    ]) parser.feed(piece, (name, data) => got.push([name, data]));
    assert.deepEqual(got, expected, `cut at ${cut}`);
  }
});

test("filters are read as typed", () => {
  assert.equal(parseToken("model:gpt-4o")?.field.name, "model");
  assert.equal(parseToken("error: rate_limited ")?.field.name, "error_code");
  assert.equal(parseToken("user:a:b c")?.value, "a:b c");
  assert.equal(parseToken("cost-from:0.01")?.value, "10000000");
  assert.equal(parseToken("cost-from:cheap"), null);
  assert.equal(parseToken("nonsense:1"), null);
  assert.equal(parseToken("model:"), null);
  assert.deepEqual([dollars("$1.5"), dollars("0.000000001"), dollars("1.0000000001")], ["1500000000", "1", null]);
});

test("suggestions offer fields, then their values", () => {
  const values = (field: { name: string }): string[] => (field.name === "model" ? ["gpt-4o", "claude"] : []);
  assert.deepEqual(suggestions("mod", values).map((one) => one.text), ["model:"]);
  assert.deepEqual(suggestions("model:gp", values).map((one) => one.text), ["model:gpt-4o"]);
  assert.deepEqual(suggestions("claud", values).map((one) => one.text), ["model:claude"]);
  assert.deepEqual(suggestions("nonsense:x", values), []);
});

const kinds = (parts: Part[]): string[] => parts.map((part) => part.kind);

test("messages of every dialect become turns", () => {
  const openai = turnOf(
    { role: "assistant", content: null, tool_calls: [{ id: "c", function: { name: "f", arguments: "{\"a\":1}" } }] },
    "user",
  );
  assert.deepEqual(openai.parts, [{ kind: "call", name: "f", id: "c", input: { a: 1 } }]);
  assert.deepEqual(kinds(turnOf({ role: "tool", tool_call_id: "c", content: "x" }, "user").parts), ["result"]);
  const anthropic = turnOf(
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "t" }, { type: "text", text: "x" },
        { type: "tool_use", id: "u", name: "f", input: {} },
      ],
    },
    "user",
  );
  assert.deepEqual(kinds(anthropic.parts), ["reasoning", "text", "call"]);
  assert.equal(
    turnOf({ role: "user", content: [{ type: "tool_result", tool_use_id: "u", content: "x" }] }, "user").role, "tool",
  );
  assert.deepEqual(
    kinds(turnOf({ type: "function_call", call_id: "c", name: "f", arguments: "not json" }, "user").parts), ["call"],
  );
  assert.deepEqual(
    kinds(turnOf({ type: "message", role: "assistant", content: [{ type: "output_text", text: "x" }] }, "user").parts),
    ["text"],
  );
  assert.deepEqual(
    turnOf({ role: "user", content: [{ type: "image_url", image_url: { url: "https://e/a.png" } }] }, "user").parts,
    [{ kind: "image", source: "https://e/a.png" }],
  );
});

test("shapes nobody expected are kept as JSON, never lost and never a fault", () => {
  for (const odd of [
    null, 1, true, [], {}, { role: 5 }, { content: 7 }, { role: "user", content: [null, 3, { type: "new" }] },
    { tool_calls: [null, "x"] },
  ]) {
    assert.ok(Array.isArray(turnOf(odd, "user").parts));
  }
  assert.deepEqual(kinds(turnOf({ role: "user", content: [{ type: "new" }] }, "user").parts), ["json"]);
});

test("points fall into their buckets and bars join by adding", () => {
  const buckets = bucketsFor(90_000, 300_000, 60_000);
  assert.deepEqual(buckets, { start: 60_000, step: 60_000, count: 4 });
  const at = (ms: number): string => new Date(ms).toISOString();
  const points = [{ at: at(60_000), n: 1 }, { at: at(180_000), n: 3 }, { at: at(600_000), n: 9 }];
  const values = spread(points, buckets, (point) => point.n, 0);
  assert.deepEqual(values, [1, 0, 3, 0]);
  assert.deepEqual(joined(values, 3), [4, 0]);
});
