import type { Exchange } from "../api/types";
import { JsonTree } from "../design/JsonTree";
import { LongText } from "../design/LongText";

/** A stored body: JSON as a tree, anything else as text. */
export function Body({ exchange }: { exchange: Exchange | null }): JSX.Element {
  if (exchange?.body !== undefined && exchange.body !== null) return <JsonTree value={exchange.body} />;
  if (exchange?.text) return <LongText text={exchange.text} mono />;
  return <p className="hint">Nothing was stored.</p>;
}
