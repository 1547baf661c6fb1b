import { useId, type ReactNode } from "react";

/** A labelled control of a form; a problem stands under it and is read out with it. */
export function Field(props: {
  label: string;
  hint?: ReactNode;
  problem?: string | null | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean }) => ReactNode;
}): JSX.Element {
  const id = useId();
  const about = props.problem ? `${id}-problem` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}{props.hint ? <em className="hint"> {props.hint}</em> : null}</label>
      {props.children({ id, "aria-describedby": about, "aria-invalid": !!props.problem })}
      {props.problem ? <p className="problem" id={about}>{props.problem}</p> : null}
    </div>
  );
}

/** A one-line text. */
export function TextField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  problem?: string | null | undefined;
  name?: string;
  placeholder?: string;
  list?: string[];
  mono?: boolean;
  required?: boolean;
  focus?: boolean;
  type?: string;
}): JSX.Element {
  const list = useId();
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(ids) => (
        <>
          <input
            {...ids} className={props.mono ? "input mono" : "input"} type={props.type ?? "text"} value={props.value}
            name={props.name} placeholder={props.placeholder} required={props.required} spellCheck={false}
            autoComplete="off" list={props.list ? list : undefined} data-focus={props.focus ? "" : undefined}
            onChange={(event) => props.onChange(event.target.value)}
          />
          {props.list ? (
            <datalist id={list}>{props.list.slice(0, 400).map((one) => <option key={one} value={one} />)}</datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

/** A choice among a few. */
export function ChoiceField<T extends string>(props: {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: ReactNode;
  problem?: string | null | undefined;
  name?: string;
}): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(ids) => (
        <select
          {...ids} className="select" value={props.value} name={props.name}
          onChange={(event) => props.onChange(event.target.value as T)}
        >
          {props.options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export function CheckField(
  props: { label: string; value: boolean; onChange: (value: boolean) => void; hint?: string },
): JSX.Element {
  return (
    <label className="check" title={props.hint}>
      <input type="checkbox" checked={props.value} onChange={(event) => props.onChange(event.target.checked)} />
      <span>{props.label}</span>
    </label>
  );
}
