import type { Exchange, RequestDetail } from "../api/types";
import { CopyButton } from "../design/Copy";
import { Body } from "./Body";

/** What went over the wire, and the record itself. */
export function RawView({ detail }: { detail: RequestDetail }): JSX.Element {
  const { request, response, ...record } = detail;
  return (
    <div className="raw">
      <RawPart title="Request body" exchange={request} />
      <RawPart title="Response body" exchange={response} />
      <RawPart title="Record" exchange={{ body: record }} />
    </div>
  );
}

function RawPart({ title, exchange }: { title: string; exchange: Exchange | null }): JSX.Element {
  const isJSON = exchange?.body !== undefined && exchange.body !== null;
  const text = (): string => (isJSON ? JSON.stringify(exchange.body, null, 2) : exchange?.text ?? "");
  return (
    <section className="card" aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        <CopyButton text={text} label="Copy" className="button quiet small" />
      </header>
      <div className="json">
        <Body exchange={exchange} />
      </div>
    </section>
  );
}
