import { useEffect } from "react";
import { forgetAll } from "../api/query";
import { BudgetsScreen } from "../budgets/BudgetsScreen";
import { CacheScreen } from "../cache/CacheScreen";
import { EmptyState } from "../design/States";
import { KeysScreen } from "../keys/KeysScreen";
import { ModelsScreen } from "../models/ModelsScreen";
import { OverviewScreen } from "../overview/OverviewScreen";
import { ProvidersScreen } from "../providers/ProvidersScreen";
import { RequestScreen } from "../request/RequestScreen";
import { forgetFeed } from "../requests/feed";
import { RequestsScreen } from "../requests/RequestsScreen";
import { RouteScreen } from "../routes/RouteScreen";
import { RoutesScreen } from "../routes/RoutesScreen";
import { WhatIfScreen } from "../whatif/WhatIfScreen";
import { Boundary } from "./Boundary";
import { Link } from "./Link";
import { usePlace } from "./location";
import { useSession } from "./session";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";

/** Signed out: one screen. Signed in: the shell around the screen that the path names. */
export function App(): JSX.Element {
  const { key } = useSession();
  const { path, params } = usePlace();
  useEffect(() => {
    if (key !== null) return;
    forgetAll();
    forgetFeed();
  }, [key]);
  if (key === null) return <SignIn />;
  return (
    <Shell>
      <Boundary key={path}>{screenFor(path, params.get("new") === "1")}</Boundary>
    </Shell>
  );
}

function screenFor(path: string, isNew: boolean): JSX.Element {
  const request = /^\/requests\/([^/]+)$/.exec(path);
  if (request?.[1]) return <RequestScreen id={decodeId(request[1])} />;
  const route = /^\/routes\/([^/]+)$/.exec(path);
  if (route?.[1]) return <RouteScreen key={`${path} ${isNew}`} name={decodeId(route[1])} isNew={isNew} />;
  switch (path.replace(/(.)\/$/, "$1")) {
    case "/": return <OverviewScreen />;
    case "/requests": return <RequestsScreen />;
    case "/keys": return <KeysScreen />;
    case "/models": return <ModelsScreen />;
    case "/routes": return <RoutesScreen />;
    case "/providers": return <ProvidersScreen />;
    case "/budgets": return <BudgetsScreen />;
    case "/cache": return <CacheScreen />;
    case "/what-if": return <WhatIfScreen />;
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
