import { useEffect } from "react";
import { forgetAll } from "../api/query";
import { EmptyState } from "../design/States";
import { KeysScreen } from "../keys/KeysScreen";
import { ModelsScreen } from "../models/ModelsScreen";
import { OverviewScreen } from "../overview/OverviewScreen";
import { RequestScreen } from "../request/RequestScreen";
import { forgetFeed } from "../requests/feed";
import { RequestsScreen } from "../requests/RequestsScreen";
import { Boundary } from "./Boundary";
import { Link } from "./Link";
import { usePlace } from "./location";
import { useSession } from "./session";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";

/** Signed out: one screen. Signed in: the shell around the screen that the path names. */
export function App(): JSX.Element {
  const { key } = useSession();
  const { path } = usePlace();
  useEffect(() => {
    if (key !== null) return;
    forgetAll();
    forgetFeed();
  }, [key]);
  if (key === null) return <SignIn />;
  return (
    <Shell>
      <Boundary key={path}>{screenFor(path)}</Boundary>
    </Shell>
  );
}

function screenFor(path: string): JSX.Element {
  const request = /^\/requests\/([^/]+)$/.exec(path);
  if (request?.[1]) return <RequestScreen id={decodeId(request[1])} />;
  switch (path.replace(/(.)\/$/, "$1")) {
    case "/": return <OverviewScreen />;
    case "/requests": return <RequestsScreen />;
    case "/keys": return <KeysScreen />;
    case "/models": return <ModelsScreen />;
    default: return (
      <EmptyState title="There is nothing at this address">
        <Link className="button" href="/">Go to the overview</Link>
      </EmptyState>
    );
  }
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
