import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { go } from "./location";

/** A link inside the app: a real address for new tabs and copying, without a page load for a plain click. */
export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): JSX.Element {
  const { onClick, ...rest } = props;
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain) return;
    event.preventDefault();
    go(props.href);
  };
  return <a {...rest} onClick={follow} />;
}
