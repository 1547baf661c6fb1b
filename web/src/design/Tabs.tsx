import { Link } from "../app/Link";
import { addressWith } from "../app/location";

/** Parts of one screen, each with an address of its own. The first one is the address without the parameter. */
export function Tabs(props: {
  label: string;
  param: string;
  value: string;
  tabs: { value: string; label: string; count?: number | undefined }[];
}): JSX.Element {
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.tabs.map((tab, at) => (
        <Link
          key={tab.value} href={addressWith({ [props.param]: at === 0 ? null : tab.value, edit: null, new: null })}
          aria-current={tab.value === props.value ? "page" : undefined}
        >
          {tab.label}{tab.count === undefined ? null : <span className="hint number"> {tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
