import { Dialog } from "../design/Dialog";

const groups: { name: string; keys: [string, string][] }[] = [
  {
    name: "Anywhere",
    keys: [
      ["Ctrl K", "Find anything"], ["g o", "Overview"], ["g r", "Requests"], ["g t", "Routes"], ["g p", "Providers"],
      ["g m", "Models"], ["g k", "Keys"], ["g b", "Budgets"], ["g c", "Cache"], ["g w", "What if"], ["n", "Create"],
      ["?", "This list"], ["Esc", "Close"],
    ],
  },
  {
    name: "Requests",
    keys: [
      ["j / k", "Next, previous"], ["Enter", "Open"], ["/", "Filter"], ["l", "Live tail"], ["p", "Pause live tail"],
    ],
  },
  {
    name: "One request",
    keys: [
      ["j / k", "Older, newer"], ["c", "Chat view"], ["w", "Why view"], ["r", "Raw view"], ["y", "Copy as curl"],
      ["Esc", "Back to the list"],
    ],
  },
];

export function ShortcutHelp({ close }: { close: () => void }): JSX.Element {
  return (
    <Dialog title="Keyboard shortcuts" onClose={close} className="help">
      <div className="help-groups">
        {groups.map((group) => (
          <section key={group.name}>
            <h3>{group.name}</h3>
            <dl>
              {group.keys.map(([keys, what]) => <div key={keys}><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>)}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
