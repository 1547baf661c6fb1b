import { useMemo, useState, type ReactNode } from "react";
import type { RequestDetail } from "../api/types";
import { CopyButton } from "../design/Copy";
import { Icon } from "../design/Icon";
import { JsonTree } from "../design/JsonTree";
import { LongText } from "../design/LongText";
import { writeJSON } from "../format/json";
import { bytes, count } from "../format/numbers";
import { oneLine } from "../format/text";
import { Body } from "./Body";
import { turnOf, type Part, type Turn } from "./turns";

/** Members of a request body that the chat view shows in their own place. */
const shownElsewhere = new Set([
  "messages", "input", "prompt", "system", "instructions", "tools", "functions", "model", "stream",
]);

/** The call as a conversation. Everything in it is text; nothing is ever interpreted as markup. */
export function ChatView({ detail }: { detail: RequestDetail }): JSX.Element {
  const sent = useMemo(() => (detail.request?.messages ?? []).map((message) => turnOf(message, "user")), [detail]);
  const received = useMemo(
    () => (detail.response?.messages ?? []).map((message) => turnOf(message, "assistant")), [detail],
  );
  return (
    <div className="chat">
      <Settings body={detail.request?.body} />
      {sent.map((turn, index) => <TurnView key={index} turn={turn} fold={index < sent.length - 1} />)}
      {sent.length === 0 ? <Whole label="request" exchange={detail.request} /> : null}
      <div className="chat-answer" data-part="answer">
        {received.map((turn, index) => <TurnView key={index} turn={turn} fold={false} />)}
        {detail.status === "error" ? <Failure detail={detail} /> : null}
        {received.length === 0 && detail.status !== "error" ? (
          <Whole label="answer" exchange={detail.response} />
        ) : null}
        {detail.status === "cancelled" ? (
          <p className="notice">The caller left before the answer was complete. This is what had arrived.</p>
        ) : null}
      </div>
    </div>
  );
}

function Failure({ detail }: { detail: RequestDetail }): JSX.Element {
  return (
    <div className="notice notice-error" role="note">
      <Icon name="warning" />
      <div>
        <b className="mono">{oneLine(detail.error_code) || `HTTP ${detail.http_status ?? "?"}`}</b>
        <LongText text={detail.error_message ?? "The provider gave no reason."} />
      </div>
    </div>
  );
}

/** A body without messages: an embedding, a moderation, a pass-through. */
function Whole({ label, exchange }: { label: string; exchange: RequestDetail["request"] }): JSX.Element {
  const has = exchange?.body !== undefined && exchange.body !== null;
  return (
    <Bubble role={label} name={null} copy={() => (has ? writeJSON(exchange.body, true) : exchange?.text ?? "")}>
      <Body exchange={exchange} />
    </Bubble>
  );
}

function Settings({ body }: { body: unknown }): JSX.Element | null {
  if (body === null || typeof body !== "object") return null;
  const fields = body as Record<string, unknown>;
  const tools = Array.isArray(fields.tools) ? fields.tools : Array.isArray(fields.functions) ? fields.functions : [];
  const rest = Object.entries(fields).filter(([name]) => !shownElsewhere.has(name));
  if (rest.length === 0 && tools.length === 0) return null;
  return (
    <div className="chat-settings">
      {rest.map(([name, value]) => (
        value !== null && typeof value === "object"
          ? <Folded key={name} title={oneLine(name)}><JsonTree value={value} /></Folded>
          : <span key={name} className="chip mono">{oneLine(name)} <b>{oneLine(String(value)).slice(0, 60)}</b></span>
      ))}
      {tools.length > 0 ? (
        <Folded title={`${count(tools.length)} tool${tools.length === 1 ? "" : "s"} offered`}>
          <JsonTree value={tools} />
        </Folded>
      ) : null}
    </div>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details className="folded" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open ? children : null}
    </details>
  );
}

function TurnView({ turn, fold }: { turn: Turn; fold: boolean }): JSX.Element {
  return (
    <Bubble
      role={turn.role} name={turn.name} copy={() => turn.parts.map(plainText).join("\n\n")}
      fold={fold && turn.parts.reduce((sum, part) => sum + plainText(part).length, 0) > 1_500}
    >
      {turn.parts.map((part, index) => <PartView key={index} part={part} />)}
      {turn.parts.length === 0 ? <p className="hint">(empty)</p> : null}
    </Bubble>
  );
}

interface BubbleProps {
  role: string;
  name: string | null;
  copy: () => string;
  fold?: boolean;
  children: ReactNode;
}

function Bubble({ role, name, copy, fold = false, children }: BubbleProps): JSX.Element {
  const [folded, setFolded] = useState(fold);
  const known = ["system", "developer", "user", "assistant", "tool"].includes(role) ? role : "other";
  return (
    <article className={`turn turn-${known}`} aria-label={`${oneLine(role)} message`}>
      <header>
        <span className="turn-role">{oneLine(role)}</span>
        {name ? <span className="hint">{oneLine(name)}</span> : null}
        <CopyButton text={copy} label="Copy message" className="button quiet small turn-copy" iconOnly />
      </header>
      <div className={folded ? "turn-body folded-body" : "turn-body"}>{children}</div>
      {folded ? (
        <button type="button" className="button small" onClick={() => setFolded(false)}>Show the whole message</button>
      ) : null}
    </article>
  );
}

function PartView({ part }: { part: Part }): JSX.Element {
  switch (part.kind) {
    case "text": return <LongText text={part.text} />;
    case "refusal": return (
      <div className="part part-refusal"><p className="part-title">Refusal</p><LongText text={part.text} /></div>
    );
    case "reasoning":
      return (
        <div className="part part-reasoning">
          <p className="part-title"><Icon name="thought" size={13} />Reasoning</p>
          <LongText text={part.text} />
        </div>
      );
    case "call":
      return (
        <div className="part part-call">
          <p className="part-title"><Icon
            name="tool" size={13}
          />Calls <b className="mono">{oneLine(part.name)}</b><span className="hint mono">{oneLine(part.id)}</span></p>
          {typeof part.input === "string" ? <LongText text={part.input} mono /> : <div className="json"><JsonTree
            value={part.input ?? null}
          /></div>}
        </div>
      );
    case "result":
      return (
        <div className={part.failed ? "part part-result part-failed" : "part part-result"}>
          <p className="part-title">
            <Icon name={part.failed ? "warning" : "check"} size={13} />
            {part.failed ? "Tool failed" : "Tool result"}
            <span className="hint mono">{oneLine(part.id)}</span>
          </p>
          {part.parts.map((inner, index) => <PartView key={index} part={inner} />)}
        </div>
      );
    case "image": return <ImagePart source={part.source} />;
    case "json": return (
      <div className="part">
        <p className="part-title">{oneLine(part.label)}</p>
        <div className="json"><JsonTree value={part.value} /></div>
      </div>
    );
  }
}

/** "image/png, 12 KB inline": base64 has four characters for three bytes. */
function inlineLabel(source: string): string {
  const type = source.slice("data:".length, source.indexOf(";") > 0 ? source.indexOf(";") : 30);
  return `${oneLine(type)}, ${bytes(Math.round(source.length * 0.75))} inline`;
}

/** Images are never loaded: a prompt's image address would tell its host who reads this page. */
function ImagePart({ source }: { source: string }): JSX.Element {
  const isWeb = /^https?:\/\//i.test(source);
  const label = source.startsWith("data:") ? inlineLabel(source) : oneLine(source).slice(0, 300);
  return (
    <p className="part-image">
      <Icon name="image" size={14} />
      {isWeb ? (
        <a href={source} target="_blank" rel="noreferrer noopener" title="Opens outside Signalbox">{label}</a>
      ) : <span className="mono">{label || "image"}</span>}
    </p>
  );
}

function plainText(part: Part): string {
  switch (part.kind) {
    case "text":
    case "reasoning":
    case "refusal": return part.text;
    case "call": return `${part.name}(${typeof part.input === "string" ? part.input : writeJSON(part.input)})`;
    case "result": return part.parts.map(plainText).join("\n");
    case "image": return part.source;
    case "json": return writeJSON(part.value, true);
  }
}
