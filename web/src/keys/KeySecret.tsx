import type { NewKey } from "../api/access";
import { CopyButton, Snippet } from "../design/Copy";
import { oneLine } from "../format/text";
import { fullTime } from "../format/time";

/** A new secret, shown once, and how programs use it. */
export function KeySecret({ made, close }: { made: NewKey; close: () => void }): JSX.Element {
  const retired = made.retired_secrets ?? [];
  return (
    <div className="form">
      <p>The key of <b>{oneLine(made.name)}</b> is shown this once. Signalbox keeps only a hash of it.</p>
      <div className="secret">
        <code data-secret>{made.secret}</code>
        <CopyButton text={made.secret} label="Copy" className="button primary" />
      </div>
      {retired.map((old) => (
        <p key={old.hint + old.valid_until} className="hint">
          The old secret <span className="mono">{oneLine(old.hint)}</span> works until {fullTime(old.valid_until)}.
        </p>
      ))}
      <Snippet
        label="OpenAI settings"
        code={`export OPENAI_BASE_URL=${location.origin}/v1\nexport OPENAI_API_KEY=${made.secret}`}
      />
      <Snippet
        label="Anthropic settings"
        code={`export ANTHROPIC_BASE_URL=${location.origin}\nexport ANTHROPIC_API_KEY=${made.secret}`}
      />
      <div className="form-actions">
        <button type="button" className="button" onClick={close}>I have copied it</button>
      </div>
    </div>
  );
}
