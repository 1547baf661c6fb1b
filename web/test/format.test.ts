import assert from "node:assert/strict";
import { test } from "node:test";
import type { RequestDetail } from "../src/api/types";
import { dollarText, exactMoney, nanodollars, shortMoney, sumMoney } from "../src/format/money";
import { bytes, compact, duration, percent } from "../src/format/numbers";
import { curlCommand, shellQuote } from "../src/format/shell";
import { chunks, oneLine, visibleParts } from "../src/format/text";

test("money is exact to the nano-dollar", () => {
  assert.equal(exactMoney(0), "$0.00");
  assert.equal(exactMoney(1), "$0.000000001");
  assert.equal(exactMoney(150_000_000), "$0.15");
  assert.equal(exactMoney(1_234_567_890_123_456), "$1,234,567.890123456");
  assert.equal(exactMoney(9_007_199_254_740_993n), "$9,007,199.254740993");
  assert.equal(exactMoney(-2_500_000_000), "-$2.50");
  assert.equal(exactMoney(null), "–");
  assert.equal(exactMoney(1_500, 6), "$0.0000015");
  assert.equal(exactMoney(1_000, 6), "$0.000001");
});

test("typed dollars become nano-dollars by digits alone", () => {
  assert.equal(nanodollars("$1,234.5"), 1_234_500_000_000n);
  assert.equal(nanodollars("0.000000001"), 1n);
  assert.equal(nanodollars("9007199.254740993"), 9_007_199_254_740_993n);
  for (const odd of ["", "-1", "1.0000000001", "cheap", "1e3"]) assert.equal(nanodollars(odd), null, odd);
  assert.equal(dollarText(1_234_500_000_000), "1234.5");
  assert.equal(dollarText(0), "0");
});

test("headline money rounds half up, by integers", () => {
  assert.equal(shortMoney(10_005_000_000), "$10.01");
  assert.equal(shortMoney(10_004_999_999), "$10.00");
  assert.equal(shortMoney(999_999_999_999), "$1,000.00");
  assert.equal(shortMoney(12_345_678), "$0.0123");
  assert.equal(shortMoney(1_500), "$0.000002");
  assert.equal(shortMoney(0), "$0.00");
});

test("sums do not round", () => {
  assert.equal(sumMoney([9_007_199_254_740_991, 1, 1]), 9_007_199_254_740_993n);
});

test("numbers keep three digits and steady units", () => {
  assert.deepEqual(
    [0, 950, 999.99, 1_000, 12_345, 999_949, 999_960, 4_560_000].map(compact),
    ["0", "950", "1.00k", "1.00k", "12.3k", "1000k", "1.00M", "4.56M"],
  );
  assert.deepEqual(
    [0.214, 9.5, 412.4, 999.6, 3_204, 125_000, 7_260_000].map(duration),
    ["0.21 ms", "9.5 ms", "412 ms", "1.00 s", "3.20 s", "2 m 05 s", "2 h 01 m"],
  );
  assert.deepEqual(
    [percent(0, 0), percent(1, 10_000), percent(25, 1000), percent(1, 1)], ["0%", "<0.1%", "2.5%", "100%"],
  );
  assert.equal(bytes(2_097_152), "2.0 MB");
});

test("what cannot be seen is named, and nothing else changes", () => {
  const text = "a\u0000b\u001b[0m\u202ec\u200bd\u{e0041}e\u007f\ttab\nline\r\nend\ud800";
  const shown = visibleParts(text).map((part) => part.text).join("");
  assert.equal(shown, "a⟨NUL⟩b⟨ESC⟩[0m⟨U+202E⟩c⟨U+200B⟩d⟨U+E0041⟩e⟨DEL⟩\ttab\nline\nend⟨U+D800⟩");
  for (const plain of ["plain", "日本語 العربية 👩‍👩‍👧 né", "<script>alert(1)</script>"]) {
    assert.deepEqual(visibleParts(plain), [{ text: plain, control: false }]);
  }
  assert.equal(oneLine("a\n\n  b\u0007"), "a b⟨BEL⟩");
  assert.equal(oneLine(null), "");
});

test("chunks join to the text and never split a pair", () => {
  for (const text of ["", "short", "x".repeat(100), "line\n".repeat(50), "😀".repeat(60), `a${"😀".repeat(60)}`]) {
    for (const size of [1, 7, 10, 64]) {
      const parts = chunks(text, size);
      assert.equal(parts.join(""), text);
      for (const part of parts) assert.ok(!/^[\udc00-\udfff]/.test(part), "starts inside a pair");
    }
  }
});

test("a shell word holds anything", () => {
  assert.equal(shellQuote("it's"), "'it'\\''s'");
  const detail = {
    endpoint: "/v1/x'; rm -rf /", dialect: "openai", request: { body: { a: "$(id) '`" } },
    texts: { request: '{"a":"$(id) \'`","seed":9007199254740993}', response: null, record: "{}" },
  } as unknown as RequestDetail;
  const command = curlCommand(detail, "http://h");
  assert.ok(command.includes("'http://h/v1/x'\\''; rm -rf /'"));
  assert.ok(command.includes("$SIGNALBOX_KEY"));
  assert.ok(command.includes("--data-raw '{\"a\":\"$(id) '\\''`\",\"seed\":9007199254740993}'"));
});
