import type { ReactNode } from "react";
import { useAction } from "./action";
import { Dialog } from "./Dialog";

/** Asks before something happens that cannot be taken back. The safe answer has the focus. */
export function Confirm(props: {
  title: string;
  children: ReactNode;
  keep: string;
  confirm: string;
  busy: string;
  danger?: boolean;
  work: () => Promise<void>;
  close: () => void;
}): JSX.Element {
  const action = useAction();
  const confirm = async (): Promise<void> => {
    if (await action.run(props.work)) props.close();
  };
  return (
    <Dialog title={props.title} onClose={props.close}>
      <div className="form">
        {props.children}
        <p className="problem" role="alert">{action.problem}</p>
        <div className="form-actions">
          <button type="button" className="button" data-focus onClick={props.close}>{props.keep}</button>
          <button
            type="button" className={props.danger === false ? "button primary" : "button danger-solid"}
            disabled={action.busy} onClick={() => void confirm()}
          >
            {action.busy ? props.busy : props.confirm}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
