import { Component, type ReactNode } from "react";

/** A fault in one screen leaves the rest of the app usable, and says what to do. */
export class Boundary extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error): { fault: Error } {
    return { fault };
  }

  override render(): ReactNode {
    if (!this.state.fault) return this.props.children;
    return (
      <div className="state state-error" role="alert">
        <p className="state-title">This screen has a fault</p>
        <p>Load the page again. If it stays, please report it with this text:</p>
        <p className="mono">{String(this.state.fault.message)}</p>
        <button type="button" className="button" onClick={() => location.reload()}>Load again</button>
      </div>
    );
  }
}
