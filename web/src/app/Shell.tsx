import { useEffect, useRef, useState, type ReactNode } from "react";
import { useQuery } from "../api/query";
import type { ServerStatus } from "../api/types";
import { Icon, Mark, type IconName } from "../design/Icon";
import { Link } from "./Link";
import { go, usePlace } from "./location";
import { Palette } from "./Palette";
import { endSession } from "./session";
import { ShortcutHelp } from "./ShortcutHelp";
import { useShortcuts } from "./shortcuts";
import { cycleTheme, useTheme } from "./theme";

export const screens: { path: string; name: string; icon: IconName; keys: string }[] = [
  { path: "/", name: "Overview", icon: "overview", keys: "g o" },
  { path: "/requests", name: "Requests", icon: "requests", keys: "g r" },
  { path: "/routes", name: "Routes", icon: "routes", keys: "g t" },
  { path: "/providers", name: "Providers", icon: "providers", keys: "g p" },
  { path: "/models", name: "Models", icon: "models", keys: "g m" },
  { path: "/keys", name: "Keys", icon: "keys", keys: "g k" },
  { path: "/budgets", name: "Budgets", icon: "budgets", keys: "g b" },
  { path: "/cache", name: "Cache", icon: "cache", keys: "g c" },
  { path: "/what-if", name: "What if", icon: "whatif", keys: "g w" },
];

/** How often the status dot is asked again: a person notices a dead server within a quarter of a minute. */
const statusEveryMs = 15_000;

export function Shell({ children }: { children: ReactNode }): JSX.Element {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  useShortcuts({
    "?": () => setOpen("help"),
    ...Object.fromEntries(screens.map((screen) => [screen.keys, () => go(screen.path)])),
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((now) => (now === "palette" ? null : "palette"));
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#main">Skip to content</a>
      <Sidebar openPalette={() => setOpen("palette")} openHelp={() => setOpen("help")} />
      <main id="main" tabIndex={-1}>{children}</main>
      {open === "palette" ? <Palette close={() => setOpen(null)} openHelp={() => setOpen("help")} /> : null}
      {open === "help" ? <ShortcutHelp close={() => setOpen(null)} /> : null}
    </div>
  );
}

function Sidebar({ openPalette, openHelp }: { openPalette: () => void; openHelp: () => void }): JSX.Element {
  const { path } = usePlace();
  const isHere = (target: string): boolean => (target === "/" ? path === "/" : path.startsWith(target));
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the list is a strip that scrolls: where one is must be in sight.
    const here = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (nav.current
      && here) nav.current.scrollLeft = here.offsetLeft - nav.current.clientWidth / 2 + here.clientWidth / 2;
  }, [path]);
  return (
    <header className="sidebar">
      <Link href="/" className="brand" aria-label="Signalbox, overview"><Mark /><span>Signalbox</span></Link>
      <button type="button" className="find" onClick={openPalette} aria-label="Find anything">
        <Icon name="search" size={14} /><span>Find anything</span><kbd>Ctrl K</kbd>
      </button>
      <nav aria-label="Screens" ref={nav}>
        {screens.map((screen) => (
          <Link key={screen.path} href={screen.path} aria-current={isHere(screen.path) ? "page" : undefined}>
            <Icon name={screen.icon} /><span>{screen.name}</span>
          </Link>
        ))}
      </nav>
      <div className="sidebar-foot">
        <ServerState />
        <div className="sidebar-tools">
          <ThemeButton />
          <button
            type="button" className="button quiet help-button" onClick={openHelp} aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts (?)"
          >
            <Icon name="keyboard" />
          </button>
          <button
            type="button" className="button quiet" onClick={() => endSession(null)} aria-label="Sign out"
            title="Sign out"
          >
            <Icon name="leave" />
          </button>
        </div>
      </div>
    </header>
  );
}

function ThemeButton(): JSX.Element {
  const theme = useTheme();
  const label = `Colours: ${theme}. Change`;
  return (
    <button type="button" className="button quiet" onClick={cycleTheme} aria-label={label} title={label}>
      <Icon name={theme === "dark" ? "moon" : theme === "light" ? "sun" : "system"} />
    </button>
  );
}

function ServerState(): JSX.Element {
  const { data, error } = useQuery<ServerStatus>("/status", { everyMs: statusEveryMs });
  const unhealthy = data?.providers.filter((provider) => provider.healthy === false) ?? [];
  const text = error
    ? "Server not reached"
    : unhealthy.length > 0 ? `${unhealthy[0]?.name ?? "A provider"} is failing` : data ? `v${data.version}` : "…";
  const look = error ? "error" : unhealthy.length > 0 ? "warn" : data ? "ok" : "wait";
  return <p className={`server server-${look}`} title={error?.message ?? "Server"}><i aria-hidden="true" />{text}</p>;
}
