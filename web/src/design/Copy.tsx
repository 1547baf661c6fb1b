import { useEffect, useRef, useState } from "react";
import { Icon } from "./Icon";

/** How long "Copied" stays: long enough to be read once. */
const shownMs = 1_600;

/** Puts text on the clipboard; falls back to a selection where the page is not served over HTTPS or localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

interface CopyProps {
  /** The text, or how to make it when asked. */
  text: string | (() => string);
  label: string;
  className?: string;
  iconOnly?: boolean;
}

export function CopyButton({ text, label, className = "button", iconOnly = false }: CopyProps): JSX.Element {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    const done = await copyText(typeof text === "string" ? text : text());
    setState(done ? "done" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("idle"), shownMs);
  };
  const said = state === "done" ? "Copied" : state === "failed" ? "Copy it by hand" : label;
  return (
    <button
      type="button" className={className} onClick={() => void copy()} aria-label={label}
      title={iconOnly ? label : undefined}
    >
      <Icon name={state === "done" ? "check" : "copy"} size={14} />
      {iconOnly ? null : <span>{said}</span>}
      <span className="offscreen" role="status">{state === "idle" ? "" : said}</span>
    </button>
  );
}

/** A block of code to paste elsewhere. */
export function Snippet({ code, label }: { code: string; label: string }): JSX.Element {
  return (
    <div className="snippet">
      <pre tabIndex={0} aria-label={label}>{code}</pre>
      <CopyButton text={code} label={`Copy ${label}`} className="button quiet" iconOnly />
    </div>
  );
}
