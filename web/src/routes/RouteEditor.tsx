import { useEffect, useRef, useState } from "react";
import { call, explained } from "../api/client";
import type { Definition, DryRun, RouteTarget } from "../api/gateway";
import { lineAt, readByHand, writeJSON } from "../format/json";
import { Chain } from "./Chain";
import { usable } from "./draft";
import type { Known } from "./NodeForm";
import { RouteRules } from "./RouteRules";
import { problemOf, stepsOf, targetsOf, type Problem } from "./tree";

/** How long nobody types before the server is asked whether the definition holds. */
const checkAfterMs = 500;

/** The chain and the JSON of one definition, side by side; a change of either shows in the other. */
export function RouteEditor({ text, setText, name, known, health }: {
  text: string;
  setText: (text: string) => void;
  name: string;
  known: Known;
  health: RouteTarget[];
}): JSX.Element {
  const read = readByHand(text);
  const root = "value" in read ? usable(read.value) : null;
  const problem = useProblem(root, text, name);
  const change = (next: Definition): void => setText(writeJSON(next, true));
  return (
    <div className="editor">
      <div className="stack">
        {root ? (
          <>
            <Chain root={root} change={change} problem={problem} known={known} health={health} />
            <details className="card more-card" open={problem !== null
              && !/^(targets|strategy|cases|$)/.test(problem.place)}>
              <summary className="card-head"><h2>Rules of the whole route</h2></summary>
              <div className="card-body"><RouteRules root={root} change={change} problem={problem} /></div>
            </details>
          </>
        ) : (
          <section className="card card-body">
            <p className="hint">The chain comes back when the JSON can be read again.</p>
          </section>
        )}
      </div>
      <JsonPane
        text={text} setText={setText}
        problem={"mistake" in read
          ? { line: read.mistake.line, text: read.mistake.message, place: "" }
          : root === null
            ? { line: 1, text: "A route is an object whose targets are objects.", place: "" }
            : problem ? { ...problem, line: lineAt(text, stepsOf(problem.place)) } : null}
      />
    </div>
  );
}

function JsonPane({ text, setText, problem }: {
  text: string;
  setText: (text: string) => void;
  problem: (Problem & { line: number }) | null;
}): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const show = (line: number): void => {
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return (
    <section className="card editor-json" aria-label="JSON">
      <header className="card-head"><h2>JSON</h2><Checked problem={problem} /></header>
      <div className="card-body stack">
        <textarea
          ref={area} className="textarea mono" aria-label="Definition as JSON" aria-describedby="json-problem"
          aria-invalid={problem !== null} spellCheck={false} value={text}
            onChange={(event) => setText(event.target.value)}
        />
        <p id="json-problem" className="problem" role="alert">
          {problem ? (
            <>
              <button type="button" className="button small" onClick={() => show(problem.line)}>Line {problem.line}
              </button>{" "}
              {problem.place ? <b className="mono">{problem.place}: </b> : null}{problem.text}
            </>
          ) : null}
        </p>
      </div>
    </section>
  );
}

function Checked({ problem }: { problem: Problem | null }): JSX.Element {
  return problem ? <span className="badge badge-error">has a mistake</span>
    : <span className="badge badge-ok">holds</span>;
}

/** What the server says is wrong with the definition; asked a moment after the last change. */
function useProblem(root: Definition | null, text: string, name: string): Problem | null {
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (root === null) return setProblem(null);
    if (targetsOf(root).length === 0) return setProblem({ place: "targets", text: "Name at least one target." });
    let current = true;
    const ask = async (): Promise<void> => {
      const request = { model: name, messages: [{ role: "user", content: "Hello" }] };
      try {
        await call<DryRun>("/routes/dry-run", { method: "POST", body: { definition: root, request } });
        if (current) setProblem(null);
      } catch (thrown) {
        const error = explained(thrown);
        // Only a mistake in the definition belongs here; saving meets everything else.
        if (current) setProblem(error.status === 422 || error.status === 400 ? problemOf(error.message) : null);
      }
    };
    const timer = setTimeout(() => void ask(), checkAfterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // The text stands for the definition, which is read anew at each rendering.
  }, [text, name, root === null]);
  return problem;
}
