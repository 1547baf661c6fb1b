import { useEffect, type ReactNode } from "react";

/** A screen's frame: title, controls on the right, content below. Also names the browser tab. */
export function Page(
  props: { title: string; heading?: ReactNode; controls?: ReactNode; className?: string; children: ReactNode },
): JSX.Element {
  useEffect(() => {
    document.title = `${props.title} · Signalbox`;
  }, [props.title]);
  return (
    <div className={`page ${props.className ?? ""}`}>
      <header className="page-head">
        {props.heading ?? <h1>{props.title}</h1>}
        <div className="page-controls">{props.controls}</div>
      </header>
      {props.children}
    </div>
  );
}
