import { useMemo } from "react";
import type { RequestDetail } from "../api/types";
import { CopyButton } from "../design/Copy";
import { JsonTree } from "../design/JsonTree";
import { LongText } from "../design/LongText";
import { indented, readExact } from "../format/json";

/** What went over the wire, and the record itself: the server's text, number for number. */
export function RawView({ detail }: { detail: RequestDetail }): JSX.Element {
  return (
    <div className="raw">
      <RawPart title="Request body" json={detail.texts.request} text={detail.request?.text} />
      <RawPart title="Response body" json={detail.texts.response} text={detail.response?.text} />
      <RawPart title="Record" json={detail.texts.record} text={undefined} />
    </div>
  );
}

function RawPart({ title, json, text }: { title: string; json: string | null; text: string | undefined }): JSX.Element {
  const tree = useMemo(() => (json === null ? undefined : readExact(json)), [json]);
  return (
    <section className="card" aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        <CopyButton
          text={() => (json === null ? text ?? "" : indented(json))} label="Copy" className="button quiet small"
        />
      </header>
      <div className="json">
        {json !== null ? <JsonTree value={tree} /> : text ? <LongText text={text} mono /> : (
          <p className="hint">Nothing was stored.</p>
        )}
      </div>
    </section>
  );
}
