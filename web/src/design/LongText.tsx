import { memo, useMemo, useState } from "react";
import { bytes } from "../format/numbers";
import { chunks, visibleParts } from "../format/text";
import { CopyButton } from "./Copy";

/** Shown at first: several screens full, and quick to lay out. */
const firstCharacters = 16_384;
/**
 * One piece; pieces outside the window are not laid out (`content-visibility`), so size only bounds one piece's cost.
 */
const pieceCharacters = 16_384;
/** "Show more" adds this much; a 2 MB answer takes a handful of presses, or one on "all". */
const stepCharacters = 262_144;
/** More marks than this in one piece are shown without their highlight, to bound the number of elements. */
const maximumMarks = 400;

/** Text that somebody else wrote: never markup, control characters visible, any size without a frozen page. */
export function LongText({ text, mono = false }: { text: string; mono?: boolean }): JSX.Element {
  const [shown, setShown] = useState(firstCharacters);
  const all = useMemo(() => chunks(text, pieceCharacters), [text]);
  let length = 0;
  const pieces = all.filter((piece) => {
    const take = length < shown;
    if (take) length += piece.length;
    return take;
  });
  return (
    <div className={mono ? "longtext mono" : "longtext"} dir="auto">
      {pieces.map((piece, index) => <Piece key={index} text={piece} lazy={index > 0} />)}
      {length < text.length ? (
        <div className="longtext-more" dir="ltr">
          <span>Showing {bytes(length)} of {bytes(text.length)}</span>
          <button
            type="button" className="button small" onClick={() => setShown(length + stepCharacters)}
          >Show {bytes(stepCharacters)} more</button>
          <button type="button" className="button small" onClick={() => setShown(Infinity)}>Show all</button>
          <CopyButton text={text} label="Copy all" className="button small" />
        </div>
      ) : null}
    </div>
  );
}

const Piece = memo(function Piece({ text, lazy }: { text: string; lazy: boolean }): JSX.Element {
  const parts = visibleParts(text);
  const marks = parts.reduce((sum, part) => sum + (part.control ? 1 : 0), 0);
  const className = lazy ? "longtext-piece lazy" : "longtext-piece";
  if (marks > maximumMarks) return <div className={className}>{parts.map((part) => part.text).join("")}</div>;
  return (
    <div className={className}>
      {parts.map((part, index) => part.control ? <span key={index} className="control">{part.text}</span> : part.text)}
    </div>
  );
});
