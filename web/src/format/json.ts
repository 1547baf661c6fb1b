/**
 * JSON without loss. `JSON.parse` rounds whole numbers above 2^53, moves members that look like numbers to the front
 * and forgets doubled members; what somebody sent has to be shown as it was sent.
 */

/** A number whose text would change if it became a JavaScript number: `9007199254740993`, `1.0`, `1e400`. */
export class NumberText {
  constructor(readonly text: string) {}
}

/** An object's members in the order of the text, doubled ones included. */
export class Members {
  constructor(readonly list: readonly [string, unknown][]) {}
}

/** As deep as the server lets bodies be, and shallow enough for any browser's stack. */
const deepest = 600;

/** Reads the text as a tree of `Members`, arrays, strings, numbers, `NumberText`, booleans and null. */
export function readExact(text: string): unknown {
  return new Reader(text, true).whole();
}

/**
 * An answer of the control API: plain objects, whole numbers above 2^53 as `BigInt` (money, above nine million
 * dollars). The quick way is taken wherever no number is that long.
 */
export function parseAnswer<T>(text: string): T {
  return (/\d{16}/.test(text) ? new Reader(text, false).whole() : JSON.parse(text)) as T;
}

/** The text of the member that a path of names leads to, as the server wrote it; `null` where there is none. */
export function memberText(text: string, path: readonly string[]): string | null {
  let reader = new Reader(text, false);
  let slice = text;
  for (const name of path) {
    const place = reader.places().find(([key]) => key === name);
    if (!place) return null;
    slice = slice.slice(place[1], place[2]);
    reader = new Reader(slice, false);
  }
  return slice === "null" ? null : slice;
}

/** The line, from 1, on which the value at a path of names and indexes begins; the deepest one that is there. */
export function lineAt(text: string, path: readonly (string | number)[]): number {
  let start = 0;
  let slice = text;
  for (const step of path) {
    const reader = new Reader(slice, false);
    const place = typeof step === "number" ? reader.items()[step] : reader.places().find(([key]) => key === step);
    if (!place) break;
    const [from, to] = place.slice(-2) as [number, number];
    start += from;
    slice = slice.slice(from, to);
  }
  return text.slice(0, start).split("\n").length;
}

/** An object's text without some of its members. */
export function withoutMembers(text: string, names: readonly string[]): string {
  const kept = new Reader(text, false).places().filter(([name]) => !names.includes(name));
  return `{${kept.map(([name, from, to]) => `${JSON.stringify(name)}:${text.slice(from, to)}`).join(",")}}`;
}

/** The text with line breaks and indentation; numbers and strings keep every character they were written with. */
export function indented(text: string): string {
  const out: string[] = [];
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? [];
  tokens.forEach((token, at) => {
    const empty = (token === "{" && tokens[at + 1] === "}") || (token === "[" && tokens[at + 1] === "]");
    if (empty) out.push(token);
    else if (token === "{" || token === "[") {
      depth += 1;
      out.push(token, line());
    } else if (token === "}" || token === "]") {
      const wasEmpty = tokens[at - 1] === (token === "}" ? "{" : "[");
      if (!wasEmpty) depth -= 1;
      out.push(wasEmpty ? token : line() + token);
    } else if (token === ",") out.push(token, line());
    else out.push(token === ":" ? ": " : token);
  });
  return out.join("");
}

/** `JSON.stringify` that knows `BigInt`, `NumberText` and `Members`. */
export function writeJSON(value: unknown, indent = false): string {
  const text = written(value);
  return indent ? indented(text) : text;
}

function written(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map((one) => written(one)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const members = value instanceof Members ? value.list : Object.entries(value);
  const shown = members.filter(([, member]) => member !== undefined);
  return `{${shown.map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`).join(",")}}`;
}

/** A mistake in JSON text, with its line for people. */
export class JSONMistake extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;

/** A plain recursive reader; `exact` keeps what JavaScript's own values would lose. */
class Reader {
  private at = 0;

  constructor(private readonly text: string, private readonly exact: boolean) {}

  whole(): unknown {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.fail("Something stands behind the end of the value.");
    return value;
  }

  /** Where the values of the object's members begin and end. */
  places(): [string, number, number][] {
    const found: [string, number, number][] = [];
    this.space();
    if (this.text[this.at] !== "{") return found;
    this.members((name) => {
      this.space();
      const from = this.at;
      this.value(0);
      found.push([name, from, this.at]);
    });
    return found;
  }

  /** Where the array's items begin and end. */
  items(): [number, number][] {
    const found: [number, number][] = [];
    this.space();
    if (!this.skip("[")) return found;
    this.space();
    if (this.skip("]")) return found;
    do {
      this.space();
      const from = this.at;
      this.value(0);
      found.push([from, this.at]);
      this.space();
    } while (this.skip(","));
    return found;
  }

  private value(depth: number): unknown {
    if (depth > deepest) this.fail("It nests too deeply.");
    this.space();
    switch (this.text[this.at]) {
      case "{": return this.object(depth);
      case "[": return this.array(depth);
      case "\"": return this.string();
      case "t": return this.word("true", true);
      case "f": return this.word("false", false);
      case "n": return this.word("null", null);
      default: return this.number();
    }
  }

  private object(depth: number): unknown {
    const list: [string, unknown][] = [];
    this.members((name) => list.push([name, this.value(depth + 1)]));
    // `fromEntries` defines members, so that one named `__proto__` is a member like any other.
    return this.exact ? new Members(list) : Object.fromEntries(list);
  }

  private members(read: (name: string) => void): void {
    this.at += 1;
    this.space();
    if (this.skip("}")) return;
    do {
      this.space();
      const name = this.string();
      this.space();
      if (!this.skip(":")) this.fail("A colon is missing behind a member's name.");
      read(name);
      this.space();
    } while (this.skip(","));
    if (!this.skip("}")) this.fail("A comma or } is missing.");
  }

  private array(depth: number): unknown[] {
    const list: unknown[] = [];
    this.at += 1;
    this.space();
    if (this.skip("]")) return list;
    do {
      list.push(this.value(depth + 1));
      this.space();
    } while (this.skip(","));
    if (!this.skip("]")) this.fail("A comma or ] is missing.");
    return list;
  }

  private string(): string {
    stringPattern.lastIndex = this.at;
    const token = stringPattern.exec(this.text)?.[0];
    if (token === undefined) return this.fail("A text in double quotes is expected.");
    try {
      const value = token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
      this.at += token.length;
      return value;
    } catch {
      return this.fail("A text has an escape that JSON does not know.");
    }
  }

  private number(): unknown {
    numberPattern.lastIndex = this.at;
    const token = numberPattern.exec(this.text)?.[0];
    if (token === undefined) return this.fail("A value is expected: {…}, […], a text, a number, true, false or null.");
    this.at += token.length;
    const value = Number(token);
    if (this.exact) return String(value) === token ? value : new NumberText(token);
    return /^-?\d+$/.test(token) && !Number.isSafeInteger(value) ? BigInt(token) : value;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail(`"${word}" is expected.`);
    this.at += word.length;
    return value;
  }

  private skip(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at += 1;
    }
  }

  private fail(message: string): never {
    throw new JSONMistake(message, this.text.slice(0, this.at).split("\n").length);
  }
}

/** The value of a text that people write, or the mistake in it. */
export function readByHand(text: string): { value: unknown } | { mistake: JSONMistake } {
  try {
    return { value: new Reader(text, false).whole() };
  } catch (error) {
    if (error instanceof JSONMistake) return { mistake: error };
    throw error;
  }
}
