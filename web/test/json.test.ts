import assert from "node:assert/strict";
import { test } from "node:test";
import {
  indented, lineAt, Members, memberText, NumberText, parseAnswer, readByHand, readExact, withoutMembers, writeJSON,
} from "../src/format/json";
import { readDetail } from "../src/request/detail";

const body = "{\"seed\": 9007199254740993, \"10\": 1.0, \"2\": 1e400, \"a\": {\"b\": [ ]}, \"s\": \"\\u00e9 \\\"x\\\"\", \"s\": {}}";

test("a body is read without losing a digit, an order or a doubled member", () => {
  const tree = readExact(body) as Members;
  assert.deepEqual(tree.list.map(([name]) => name), ["seed", "10", "2", "a", "s", "s"]);
  assert.deepEqual(tree.list.slice(0, 3).map(([, value]) => (value as NumberText).text), ["9007199254740993", "1.0",
    "1e400"]);
  assert.equal(tree.list[4]?.[1], "é \"x\"");
  assert.equal(writeJSON(tree),
    "{\"seed\":9007199254740993,\"10\":1.0,\"2\":1e400,\"a\":{\"b\":[]},\"s\":\"é \\\"x\\\"\",\"s\":{}}");
});

test("indentation changes white space alone", () => {
  const text = indented(body);
  assert.ok(text.includes("\"seed\": 9007199254740993,\n  \"10\": 1.0,\n  \"2\": 1e400"));
  assert.ok(text.includes("\"b\": []") && text.includes("\"s\": \"\\u00e9 \\\"x\\\"\"")
    && text.endsWith("\"s\": {}\n}"));
  assert.equal(indented("{}"), "{}");
  assert.equal(indented("[[],{\"a\":[1]}]"), "[\n  [],\n  {\n    \"a\": [\n      1\n    ]\n  }\n]");
});

test("an answer's money above 2^53 is exact", () => {
  const answer = parseAnswer<{ cost: bigint; small: number; list: unknown[] }>(
    "{\"cost\":9007199254740993,\"small\":12,\"list\":[-9007199254740993,\"9007199254740993\",0.1234567890123456]}",
  );
  assert.equal(answer.cost, 9_007_199_254_740_993n);
  assert.equal(answer.small, 12);
  assert.deepEqual(answer.list, [-9_007_199_254_740_993n, "9007199254740993", 0.1234567890123456]);
  assert.equal(writeJSON(answer.cost), "9007199254740993");
});

test("a member called __proto__ is a member like any other", () => {
  const value = parseAnswer<Record<string, unknown>>("{\"__proto__\":{\"x\":1},\"n\":1234567890123456}");
  assert.deepEqual(Object.keys(value), ["__proto__", "n"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});

test("one request keeps the text of its bodies", () => {
  const text = "{\"id\":\"r\",\"cost_nanodollars\":9007199254740993,\"request\":{\"messages\":[{\"n\":1}],\"body\":"
    + "{\"n\":9007199254740993,\"1\":2.50}},\"response\":{\"messages\":[],\"body\":null}}";
  const detail = readDetail(text);
  assert.deepEqual(detail.texts, {
    request: "{\"n\":9007199254740993,\"1\":2.50}", response: null,
      record: "{\"id\":\"r\",\"cost_nanodollars\":9007199254740993}",
  });
  assert.equal(detail.cost_nanodollars, 9_007_199_254_740_993n);
  assert.equal(memberText("{\"a\":{\"b\":[1,{\"c\":\"}\"}]}}", ["a", "b"]), "[1,{\"c\":\"}\"}]");
  assert.equal(memberText("[1]", ["a"]), null);
  assert.equal(withoutMembers("{\"a\":1,\"b\":2}", ["a"]), "{\"b\":2}");
});

test("mistakes are found with their line, and places with theirs", () => {
  const found = (text: string): [string, number] | null => {
    const read = readByHand(text);
    return "mistake" in read ? [read.mistake.message, read.mistake.line] : null;
  };
  assert.equal(found("{\n \"a\": 1,\n \"b\": }")?.[1], 3);
  assert.equal(found("{\"a\" 1}")?.[0], "A colon is missing behind a member's name.");
  for (const odd of ["", "{", "[1,]", "{\"a\":01}", "tru", "\"a", "1 2", "[1 2]", "{'a':1}", "\"\\x\""]) {
    assert.ok(found(odd), odd);
    assert.throws(() => JSON.parse(odd), odd);
  }
  assert.equal(found(`${"[".repeat(5_000)}`)?.[0], "It nests too deeply.");
  const text = indented("{\"name\":\"x\",\"targets\":[{\"provider\":\"a\"},{\"provider\":\"b\",\"weight\":-1}]}");
  assert.equal(lineAt(text, ["targets", 1, "weight"]), 9);
  assert.equal(lineAt(text, ["targets", 7]), 3);
  assert.equal(lineAt(text, []), 1);
});

test("reading agrees with JSON.parse on everything that it can hold", () => {
  const values: unknown[] = [null, true, -0.5, 1e21, "a\u2028\n\ud83d\ude00", [], {}, [[{ a: [1, { b: null }] }]],
    { "": "" }];
  for (const value of values) {
    const text = JSON.stringify([value, 1234567890123456], null, 1);
    assert.deepEqual(parseAnswer(text), [value, 1234567890123456]);
    assert.equal(writeJSON(readExact(JSON.stringify(value))), JSON.stringify(value));
  }
});
