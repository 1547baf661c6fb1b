import type { Candidate, ParameterChange, Routing } from "../api/gateway";
import { oneLine } from "../format/text";
import { strategyOf, verdictWords } from "./words";

/** A decision candidate by candidate: those that are tried in their order, then those that are not, and why. */
export function Decision({ routing }: { routing: Routing }): JSX.Element {
  const order = new Map(routing.attempts.map((target, at) => [target, at]));
  const place = (one: Candidate): number => order.get(one.target) ?? (one.verdict === "reserve" ? 1_000 : 2_000);
  const all = [...routing.considered].sort((a, b) => place(a) - place(b));
  return (
    <>
      <p className="card-note hint">
        {strategyOf(routing.strategy).label}: {strategyOf(routing.strategy).help || routing.strategy}.
        {routing.breaker_bypassed ? " Every target was out by its health; they are tried all the same." : ""}
        {routing.window_bypassed ? " The call seems too long for every target; the largest is tried all the same." : ""}
      </p>
      <div className="scroll-x">
        <table className="table decision">
          <thead>
            <tr>
              <th scope="col">Target</th><th scope="col">Verdict</th><th scope="col">Score</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => {
              const verdict = verdictWords(one.verdict, one.order ?? order.get(one.target), one.after);
              return (
                <tr key={one.target} data-candidate={one.name} data-verdict={one.verdict}>
                  <th scope="row">{oneLine(one.name)}</th>
                  <td><span className={`badge badge-${verdict.look}`}>{verdict.word}</span></td>
                  <td className="number-left">{one.score ? oneLine(one.score) : <span className="hint">–</span>}</td>
                  <td className="wrap">
                    {one.detail ? oneLine(one.detail) : null}
                    {one.reason ? <span className="hint mono"> {oneLine(one.reason)}</span> : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What was changed about a request for its target. */
export function Changes({ changes }: { changes: ParameterChange[] }): JSX.Element {
  return (
    <table className="table">
      <thead><tr><th scope="col">Parameter</th><th scope="col">What</th><th scope="col">Why</th></tr></thead>
      <tbody>
        {changes.map((one, at) => (
          <tr key={at}>
            <th scope="row" className="mono">{oneLine(one.name)}</th><td>{oneLine(one.action)}</td>
            <td className="wrap">{oneLine(one.detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
