import { useRef, useState, type PointerEvent } from "react";
import type { Drawing } from "./draw";
import { setHovered } from "./hover";

/** A press that moves less is a click, not a range. */
const shortestBrush = 5;

interface Brush {
  selection: [number, number] | null;
  inside: boolean;
  handlers: {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => void;
    onPointerLeave: () => void;
    onPointerCancel: () => void;
  };
}

/** Pointing and brushing on a chart. The brushed range grows to whole buckets: a part of a bar cannot be shown. */
export function useBrush(drawn: Drawing, onBrush: (from: number, to: number) => void): Brush {
  const start = useRef<number | null>(null);
  const [selection, setSelection] = useState<[number, number] | null>(null);
  const [inside, setInside] = useState(false);
  const position = (event: PointerEvent<SVGSVGElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(drawn.right, Math.max(drawn.left, x));
  };
  const stop = (): void => {
    start.current = null;
    setSelection(null);
  };
  return {
    selection,
    inside,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        start.current = position(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const x = position(event);
        setInside(true);
        setHovered(drawn.timeAt(x));
        if (start.current !== null) setSelection([Math.min(x, start.current), Math.max(x, start.current)]);
      },
      onPointerUp: (event) => {
        const [from, to] = [start.current, position(event)];
        stop();
        if (from === null || Math.abs(to - from) < shortestBrush) return;
        const first = drawn.timeAt(Math.min(from, to));
        const last = drawn.timeAt(Math.max(from, to));
        onBrush(Math.floor(first / drawn.step) * drawn.step, Math.ceil(last / drawn.step) * drawn.step);
      },
      onPointerLeave: () => {
        setInside(false);
        setHovered(null);
      },
      onPointerCancel: stop,
    },
  };
}
