/** Text from models and callers is hostile until proven otherwise: what cannot be seen is made visible. */

/**
 * Control characters (except tab and newline), bidirectional overrides, invisible spaces, tag characters (which can
 * smuggle text past a reader) and lone surrogates. Joiners stay: emoji and several scripts need them.
 */
const invisible = new RegExp(
  [
    "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]",
    "[\\u{e0000}-\\u{e007f}]",
    "[\\ud800-\\udfff]",
  ].join("|"),
  "gu",
);

/** Names rather than Unicode's control pictures: most fonts lack those. */
const controlNames = (
  "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
).split(" ");

function nameOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const name = code === 0x7f ? "DEL" : controlNames[code];
  if (name !== undefined) return `\u27e8${name}\u27e9`;
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}

export interface TextPart {
  text: string;
  /** The text stands for a character that could not be seen. */
  control: boolean;
}

/** The text in order, control characters apart so that they can be marked. CRLF counts as a newline. */
export function visibleParts(text: string): TextPart[] {
  const source = text.includes("\r") ? text.replace(/\r\n/g, "\n") : text;
  const parts: TextPart[] = [];
  let last = 0;
  for (const match of source.matchAll(invisible)) {
    const at = match.index ?? 0;
    const char = match[0] ?? "";
    if (at > last) parts.push({ text: source.slice(last, at), control: false });
    const previous = parts[parts.length - 1];
    if (previous?.control) previous.text += nameOf(char);
    else parts.push({ text: nameOf(char), control: true });
    last = at + char.length;
  }
  if (last < source.length) parts.push({ text: source.slice(last), control: false });
  return parts;
}

/** The text on one line, for a list cell: control characters visible, white space folded. */
export function oneLine(text: string | null | undefined): string {
  if (!text) return "";
  return text.replace(/\s+/g, " ").replace(invisible, nameOf);
}

/** Pieces of about `size` characters, cut at a line end where one is near, never inside a surrogate pair. */
export function chunks(text: string, size: number): string[] {
  const out: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + size);
    if (end < text.length) {
      const newline = text.lastIndexOf("\n", end - 1);
      if (newline >= start + size / 2) end = newline + 1;
      else if (/[\ud800-\udbff]/.test(text[end - 1] ?? "")) end += 1;
    }
    out.push(text.slice(start, end));
    start = end;
  }
  return out;
}
