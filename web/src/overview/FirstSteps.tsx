import { useQuery } from "../api/query";
import type { RequestPage } from "../api/types";
import { Link } from "../app/Link";
import { addressWith, go } from "../app/location";
import { rangeParams, type Range } from "../app/range";
import { Snippet } from "../design/Copy";
import { EmptyState } from "../design/States";

/** Nothing was called: not in this time, or never, and then how to begin. */
export function FirstSteps({ range }: { range: Range }): JSX.Element {
  const { data } = useQuery<RequestPage>("/requests?limit=1", { everyMs: 5_000 });
  if (data && data.data.length > 0) {
    return (
      <EmptyState title="No calls in this time range">
        <p>There are calls outside it.</p>
        <button
          type="button" className="button"
          onClick={() => go(addressWith(rangeParams({ kind: "relative", name: range.kind === "relative"
            && range.name === "30d"
            ? "24h"
            : "30d", ms: 0 })))}
        >
          {range.kind === "relative" && range.name === "30d" ? "Last 24 hours" : "Last 30 days"}
        </button>
      </EmptyState>
    );
  }
  const origin = location.origin;
  const curl = `curl ${origin}/v1/chat/completions \\
  -H "Authorization: Bearer $SIGNALBOX_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'`;
  return (
    <section className="first" aria-label="First steps">
      <h2>Send the first call</h2>
      <p>Use a key from <Link href="/keys">
        Keys
      </Link> in place of <code>$SIGNALBOX_KEY</code>. The call appears here within a second or two.</p>
      <Snippet label="curl command" code={curl} />
      <h3>Or point an existing program here</h3>
      <p>Nothing in its code has to change.</p>
      <div className="first-pair">
        <Snippet
          label="OpenAI settings" code={`export OPENAI_BASE_URL=${origin}/v1\nexport OPENAI_API_KEY=$SIGNALBOX_KEY`}
        />
        <Snippet
          label="Anthropic settings"
          code={`export ANTHROPIC_BASE_URL=${origin}\nexport ANTHROPIC_API_KEY=$SIGNALBOX_KEY`}
        />
      </div>
      <p className="hint" role="status"><i className="waiting" aria-hidden="true" /> Waiting for the first call…</p>
    </section>
  );
}
