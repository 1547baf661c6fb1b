import type { ReactNode } from "react";
import type { Key } from "../api/access";
import { useQuery } from "../api/query";
import type { RequestDetail, Timing } from "../api/types";
import { Link } from "../app/Link";
import { CopyButton } from "../design/Copy";
import { writeJSON } from "../format/json";
import { exactMoney } from "../format/money";
import { count, duration } from "../format/numbers";
import { oneLine } from "../format/text";

/** Time, money and context of one call, beside its conversation. */
export function Aside({ detail }: { detail: RequestDetail }): JSX.Element {
  return (
    <aside className="aside" aria-label="About this request">
      {detail.timing ? <TimingCard timing={detail.timing} attempts={detail.attempts} /> : null}
      <ReceiptCard detail={detail} />
      <ContextCard detail={detail} />
      <MetadataCard metadata={detail.metadata} />
    </aside>
  );
}

interface Phase {
  name: string;
  look: string;
  from: number;
  to: number;
}

/** Consecutive phases; a moment that was never reached joins its phase to the next. */
export function phasesOf(timing: Timing): Phase[] {
  const moments: [string, string, number | null][] = [
    ["Signalbox", "own", timing.admitted_ms],
    ["Connect", "connect", timing.connected_ms],
    ["Wait for first byte", "wait", timing.first_byte_ms],
    ["First token", "token", timing.first_token_ms], ["Answer", "answer", timing.ended_ms],
  ];
  let last = 0;
  const phases: Phase[] = [];
  for (const [name, look, at] of moments) {
    if (at === null || at < last) continue;
    phases.push({ name, look, from: last, to: at });
    last = at;
  }
  return phases;
}

function TimingCard({ timing, attempts }: { timing: Timing; attempts: number }): JSX.Element {
  const phases = phasesOf(timing);
  const end = phases[phases.length - 1]?.to ?? 0;
  // Shares that add up to less than one would leave a part of the bar empty: a quick call has them in fractions of ms.
  const share = (phase: Phase): number => (end > 0 ? (1_000 * (phase.to - phase.from)) / end : 1);
  return (
    <section className="card" aria-label="Timing">
      <header className="card-head"><h2>Timing</h2><span className="number">{duration(end)}</span></header>
      <div
        className="timing" role="img"
        aria-label={phases.map((phase) => `${phase.name} ${duration(phase.to - phase.from)}`).join(", ")}
      >
        {phases.map((phase) => <i
          key={phase.name} className={`phase phase-${phase.look}`} style={{ flexGrow: share(phase) }}
          title={`${phase.name}: ${duration(phase.to - phase.from)}`}
        />)}
      </div>
      <dl className="facts">
        {phases.map((phase) => (
          <div key={phase.name}>
            <dt><i className={`swatch phase-${phase.look}`} />{phase.name}</dt>
            <dd title={`ends at ${phase.to} ms`}>{duration(phase.to - phase.from)}</dd>
          </div>
        ))}
        {attempts > 1 ? <div><dt>Attempts</dt><dd>{attempts}</dd></div> : null}
      </dl>
    </section>
  );
}

const bucketNames: Record<string, string> = {
  input: "Input",
  cache_read: "Cached input",
  cache_write_5m: "Cache write, 5 min",
  cache_write_1h: "Cache write, 1 h",
  audio_input: "Audio input",
  image_input: "Image input",
  output: "Output",
  reasoning: "Reasoning",
  audio_output: "Audio output",
  server_tool_calls: "Tool calls",
};

export function bucketName(bucket: string): string {
  return bucketNames[bucket] ?? bucket;
}

function ReceiptCard({ detail }: { detail: RequestDetail }): JSX.Element {
  const receipt = detail.receipt;
  const usage = detail.usage;
  return (
    <section className="card" aria-label="Receipt">
      <header className="card-head">
        <h2>Receipt</h2>
        <span className="number">{exactMoney(detail.cost_nanodollars)}</span>
      </header>
      {receipt ? (
        <>
          <table className="table receipt">
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col" className="number">Quantity</th>
                <th scope="col" className="number">$ / million</th>
                <th scope="col" className="number">Amount</th>
              </tr>
            </thead>
            <tbody>
              {receipt.lines.map((line) => (
                <tr key={line.bucket}>
                  <th scope="row">{bucketName(line.bucket)}</th><td className="number">{count(line.quantity)}</td>
                  <td className="number">
                    {exactMoney(line.nanodollars_per_million)}
                  </td><td className="number">{exactMoney(line.amount_nanodollars)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>Total</th>
                <td className="number">{exactMoney(receipt.total_nanodollars)}</td>
              </tr>
            </tfoot>
          </table>
          <p className="card-note hint">
            Price <span className="mono">{oneLine(receipt.price_version)}</span> from the {oneLine(receipt.source)}.
            {usage.source === "estimated" ? " Tokens are estimated: the answer ended early." : ""}
          </p>
        </>
      ) : (
        <p className="card-note hint">
          {usage.source === "none"
            ? "Nothing was consumed, or this endpoint reports no usage."
            : `No price is known. ${count(usage.total_input)} tokens in, ${count(usage.total_output)} out.`}
        </p>
      )}
    </section>
  );
}

function ContextCard({ detail }: { detail: RequestDetail }): JSX.Element {
  const keys = useQuery<{ data: Key[] }>("/keys", { fresh: false }).data?.data ?? [];
  const key = keys.find((one) => one.id === detail.key_id);
  const models = [
    detail.upstream_model, detail.response_model,
  ].filter((name): name is string => !!name && name !== detail.model);
  return (
    <section className="card" aria-label="Context">
      <header className="card-head"><h2>Context</h2></header>
      <dl className="facts">
        <Fact name="Request" copy={detail.id}><span className="mono">{detail.id}</span></Fact>
        <Fact name="User">{filterLink("user", detail.user)}</Fact>
        <Fact name="Session">{filterLink("session", detail.session)}</Fact>
        <Fact name="Feature">{filterLink("feature", detail.feature)}</Fact>
        <Fact name="Tags">
          {detail.tags.length > 0 ? detail.tags.map((tag) => <span
            key={tag} className="chip"
          >{filterLink("tag", tag)}</span>) : null}
        </Fact>
        <Fact name="Environment">{filterLink("environment", detail.environment)}</Fact>
        <Fact name="Provider">{filterLink("provider", detail.provider)}</Fact>
        <Fact name="Answered by">
          {models.length > 0 ? <span className="mono">{[...new Set(models)].map(oneLine).join(", ")}</span> : null}
        </Fact>
        <Fact name="Route">{filterLink("route", detail.route ?? null)}</Fact>
        <Fact name="Cache">{filterLink("cache", detail.cache ?? null)}</Fact>
        <Fact name="Team">{filterLink("team", detail.team ?? null)}</Fact>
        <Fact name="Customer">{filterLink("customer", detail.customer ?? null)}</Fact>
        <Fact name="Endpoint"><span className="mono">{oneLine(detail.endpoint)}</span></Fact>
        <Fact name="Key">{filterLink("key", detail.key_id, key?.name)}</Fact>
        <Fact name="Trace" copy={detail.trace_id}>{filterLink("trace", detail.trace_id)}</Fact>
        <Fact name="Span" copy={detail.span_id}>
          {detail.span_id ? <span className="mono">{oneLine(detail.span_id)}</span> : null}
        </Fact>
        <Fact name="Parent span">
          {detail.parent_span_id ? <span className="mono">{oneLine(detail.parent_span_id)}</span> : null}
        </Fact>
      </dl>
    </section>
  );
}

function Fact(
  { name, copy, children }: { name: string; copy?: string | null; children: ReactNode },
): JSX.Element | null {
  if (children === null || children === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {copy ? (
          <CopyButton text={copy} label={`Copy ${name.toLowerCase()} id`} className="button quiet small" iconOnly />
        ) : null}
      </dd>
    </div>
  );
}

function filterLink(name: string, value: string | null, shown: string = value ?? ""): JSX.Element | null {
  if (!value) return null;
  const look = name === "trace" || (name === "key" && shown === value) ? "mono" : "";
  const address = `/requests?${new URLSearchParams({ [name]: value }).toString()}`;
  return <Link className={look} href={address} title={`Requests with this ${name}`}>{oneLine(shown)}</Link>;
}

function MetadataCard({ metadata }: { metadata: Record<string, unknown> | null }): JSX.Element | null {
  const entries = Object.entries(metadata ?? {});
  if (entries.length === 0) return null;
  return (
    <section className="card" aria-label="Metadata">
      <header className="card-head"><h2>Metadata</h2></header>
      <dl className="facts">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="mono">{oneLine(name)}</dt>
            <dd className="mono">{oneLine(typeof value === "string" ? value : writeJSON(value))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
