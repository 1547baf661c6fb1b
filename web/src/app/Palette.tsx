import { useMemo, useState, type KeyboardEvent } from "react";
import { useQuery } from "../api/query";
import type { Model, RequestPage } from "../api/types";
import { Dialog } from "../design/Dialog";
import { Icon, type IconName } from "../design/Icon";
import { oneLine } from "../format/text";
import { listTime } from "../format/time";
import { go } from "./location";
import { endSession } from "./session";
import { screens } from "./Shell";
import { cycleTheme } from "./theme";

interface Entry {
  id: string;
  icon: IconName;
  title: string;
  note: string;
  run: () => void;
}

/** Results shown: what fits on a screen without scrolling far. */
const maximumResults = 16;
/** Screens and the first actions, shown above recent requests while nothing is typed. */
const initialEntries = 11;
/** A text that may be the start of a request id (UUID). */
const idLike = /^[0-9a-f]{6,}[0-9a-f-]*$/i;

/** Cmd-K: screens, actions, models and recent requests by any word of theirs. */
export function Palette({ close, openHelp }: { close: () => void; openHelp: () => void }): JSX.Element {
  const [text, setText] = useState("");
  const [index, setIndex] = useState(0);
  const models = useQuery<{ data: Model[] }>("/models", { fresh: false }).data?.data;
  const recent = useQuery<RequestPage>("/requests?limit=50").data?.data;
  const entries = useMemo(() => {
    const all = [...fixedEntries(openHelp), ...modelEntries(models ?? []), ...requestEntries(recent ?? [])];
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      return [...all.slice(0, initialEntries), ...requestEntries(recent ?? []).slice(
        0, maximumResults - initialEntries,
      )];
    }
    const found = all.filter((entry) =>
      words.every((word) => `${entry.title} ${entry.note} ${entry.id}`.toLowerCase().includes(word)));
    const id = text.trim();
    if (idLike.test(id) && !found.some((entry) => entry.id === id)) found.unshift(openEntry(id));
    return found.slice(0, maximumResults);
  }, [text, models, recent, openHelp]);
  const chosen = Math.min(index, entries.length - 1);
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    entry.run();
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" || (event.ctrlKey && event.key === "n")
      ? 1
      : event.key === "ArrowUp" || (event.ctrlKey && event.key === "p") ? -1 : 0;
    if (step !== 0) setIndex((chosen + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === "Enter") run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find anything" onClose={close} className="palette" bare>
      <div className="palette-input">
        <Icon name="search" />
        <input
          data-focus value={text} placeholder="A screen, model, user, or request id" aria-label="Find anything"
          role="combobox"
          aria-expanded="true" aria-controls="palette-list"
          aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
          onKeyDown={onKey} spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setIndex(0);
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <ul id="palette-list" role="listbox" aria-label="Results">
        {entries.map((entry, at) => (
          <li
            key={`${entry.icon}${entry.id}`} id={`palette-${at}`} role="option" aria-selected={at === chosen}
            onMouseMove={() => setIndex(at)} onClick={() => run(entry)}
          >
            <Icon name={entry.icon} size={14} />
            <span className="palette-title">{entry.title}</span>
            <span className="palette-note">{entry.note}</span>
          </li>
        ))}
        {entries.length === 0 ? (
          <li className="palette-none">Nothing matches. A whole request id opens that request.</li>
        ) : null}
      </ul>
    </Dialog>
  );
}

function openEntry(id: string): Entry {
  return { id, icon: "external", title: `Open request ${id}`, note: "", run: () => go(
    `/requests/${encodeURIComponent(id)}`,
  ) };
}

function fixedEntries(openHelp: () => void): Entry[] {
  return [
    ...screens.map((screen): Entry => ({
      id: screen.path, icon: screen.icon, title: screen.name, note: screen.keys, run: () => go(screen.path),
    })),
    {
      id: "errors", icon: "warning", title: "Requests with errors", note: "status:error",
      run: () => go("/requests?status=error"),
    },
    { id: "live", icon: "play", title: "Live tail", note: "requests as they come", run: () => go("/requests?live=1") },
    { id: "new-key", icon: "plus", title: "Create a key", note: "keys", run: () => go("/keys?new=1") },
    { id: "new-route", icon: "plus", title: "Create a route", note: "routes", run: () => go("/routes?new=1") },
    { id: "theme", icon: "moon", title: "Change colours", note: "light, dark, system", run: cycleTheme },
    { id: "help", icon: "keyboard", title: "Keyboard shortcuts", note: "?", run: openHelp },
    { id: "leave", icon: "leave", title: "Sign out", note: "", run: () => endSession(null) },
  ];
}

function modelEntries(models: Model[]): Entry[] {
  return models.map((model) => ({
    id: `${model.provider}/${model.name}`, icon: "models", title: model.name, note: `${model.provider} · requests`,
    run: () => go(`/requests?model=${encodeURIComponent(model.name)}`),
  }));
}

function requestEntries(requests: RequestPage["data"]): Entry[] {
  const now = new Date();
  return requests.map((request) => ({
    id: request.id, icon: "requests", title: oneLine(request.input_preview).slice(0, 90) || request.id,
    note: [request.model, request.user, listTime(request.started_at, now)].filter(Boolean).join(" · "),
    run: () => go(`/requests/${encodeURIComponent(request.id)}`),
  }));
}
