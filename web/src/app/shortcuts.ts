import { useEffect, useRef } from "react";

/** Keys by `KeyboardEvent.key`; two-key sequences start with g and are written `g r`. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** How long the second key of a sequence may take: long enough for a hunt, short enough to forget a stray `g`. */
const sequenceMs = 1_200;
/** What is mounted, the innermost screen last; it is asked first. */
const layers: { current: Shortcuts }[] = [];
let sequenceStart: number | null = null;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Whether single keys belong to the page: nobody types, and no dialog is open. */
function keysAreFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return false;
  return !isTyping(event.target) && document.querySelector("dialog[open]") === null;
}

function onKey(event: KeyboardEvent): void {
  if (!keysAreFree(event)) return;
  const inSequence = sequenceStart !== null && event.timeStamp - sequenceStart < sequenceMs;
  sequenceStart = !inSequence && event.key === "g" ? event.timeStamp : null;
  const name = inSequence ? `g ${event.key}` : event.key;
  for (let index = layers.length - 1; index >= 0; index--) {
    const action = layers[index]?.current[name];
    if (!action) continue;
    event.preventDefault();
    action(event);
    return;
  }
}

/** Single keys and sequences while mounted; they never take a key from somebody who types. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const layer = useRef(shortcuts);
  layer.current = shortcuts;
  useEffect(() => {
    if (layers.length === 0) window.addEventListener("keydown", onKey);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener("keydown", onKey);
    };
  }, []);
}
