/** Two texts, line by line. */
export interface DiffLine {
  kind: "same" | "added" | "removed" | "gap";
  text: string;
}

/** Lines around a change that are shown with it. */
const context = 3;
/** Cells of the table below; beyond it the middle is shown as removed and added, whole. */
const mostCells = 4_000_000;

/** What was removed from `before` and added in `after`, by the longest common subsequence of lines. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head
    && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const line = (kind: DiffLine["kind"]) => (text: string): DiffLine => ({ kind, text });
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return folded([
    ...a.slice(0, head).map(line("same")), ...middle, ...a.slice(a.length - tail).map(line("same")),
  ]);
}

function between(a: string[], b: string[]): DiffLine[] {
  const all = (): DiffLine[] => [
    ...a.map((text): DiffLine => ({ kind: "removed", text })), ...b.map((text): DiffLine => ({ kind: "added", text })),
  ];
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostCells) return all();
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] = a[i] === b[j]
        ? (table[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
    }
  }
  const out: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [down, right] = [table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0];
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: "same", text: a[i++] ?? "" });
      j += 1;
    } else if (j >= b.length || (i < a.length && down >= right)) out.push({ kind: "removed", text: a[i++] ?? "" });
    else out.push({ kind: "added", text: b[j++] ?? "" });
  }
  return out;
}

/** Long stretches without a change become one line that says how long they are. */
function folded(lines: DiffLine[]): DiffLine[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some((line) => line.kind !== "same"));
  const out: DiffLine[] = [];
  let hidden = 0;
  const flush = (): void => {
    if (hidden > 0) out.push({ kind: "gap", text: `${hidden} line${hidden === 1 ? "" : "s"} unchanged` });
    hidden = 0;
  };
  lines.forEach((line, at) => {
    if (!near[at]) return void (hidden += 1);
    flush();
    out.push(line);
  });
  flush();
  return out;
}
