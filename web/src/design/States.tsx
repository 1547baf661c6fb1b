import type { ReactNode } from "react";
import type { ApiError } from "../api/client";
import { Icon } from "./Icon";

/** A failure: what happened, what to do, and a button that tries again. */
export function ErrorState({ error, retry }: { error: ApiError; retry?: () => void }): JSX.Element {
  return (
    <div className="state state-error" role="alert">
      <Icon name="warning" size={20} />
      <p className="state-title">{error.status === 404 ? "Not found" : "This could not be loaded"}</p>
      <p>{error.message}</p>
      <p className="hint mono">
        {error.code}
        {error.requestId ? ` · ${error.requestId}` : ""}
      </p>
      {retry ? <button type="button" className="button" onClick={retry}>Try again</button> : null}
    </div>
  );
}

/** A failure while older data is still shown. */
export function StaleNotice({ error, retry }: { error: ApiError; retry: () => void }): JSX.Element {
  return (
    <div className="notice notice-error" role="alert">
      <Icon name="warning" />
      <span>Showing older data. {error.message}</span>
      <button type="button" className="button small" onClick={retry}>Try again</button>
    </div>
  );
}

export function EmptyState({ title, children }: { title: string; children?: ReactNode }): JSX.Element {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      {children}
    </div>
  );
}

/** Grey bars in the place of content; they appear late, so that a quick answer does not flicker. */
export function Loading({ rows = 6, label = "Loading" }: { rows?: number; label?: string }): JSX.Element {
  return (
    <div className="loading" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => <div key={index} className="loading-bar" />)}
    </div>
  );
}
