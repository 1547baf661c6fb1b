import { useEffect, useRef, type ReactNode } from "react";
import { Icon } from "./Icon";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
  /** Hides the title bar; the title still names the dialog for screen readers. */
  bare?: boolean;
}

/** A modal dialog on the browser's own `<dialog>`: focus stays inside, Esc closes, focus returns. */
export function Dialog({ title, onClose, children, className = "", bare = false }: DialogProps): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // The browser would choose the first button; a dialog says itself where one begins.
    (dialog?.querySelector<HTMLElement>("[data-focus]") ?? dialog)?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="dialog-body">
        {bare ? null : (
          <header className="dialog-head">
            <h2>{title}</h2>
            <button type="button" className="button quiet" aria-label="Close" onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
