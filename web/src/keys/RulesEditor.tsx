import { useId } from "react";
import { Icon } from "../design/Icon";
import { draftProblem, limitWords, budgetWords, modes, newDraft, rulesOf, windows, type RuleDraft } from "./rules";

/** Budgets and limits as sentences with gaps: "At most [100] [dollars] a [month], then [refuse calls]". */
export function RulesEditor(
  { legend, hint, drafts, onChange }: {
    legend: string;
    hint: string;
    drafts: RuleDraft[];
    onChange: (drafts: RuleDraft[]) => void;
  },
): JSX.Element {
  const change = (at: number, to: Partial<RuleDraft>): void =>
    onChange(drafts.map((draft, index) => (index === at ? { ...draft, ...to } : draft)));
  return (
    <fieldset className="rules" aria-label={legend}>
      <legend>{legend} <em className="hint">{hint}</em></legend>
      {drafts.map((draft, at) => (
        <RuleRow
          key={at} draft={draft} all={drafts} change={(to) => change(at, to)}
          remove={() => onChange(drafts.filter((_, index) => index !== at))}
        />
      ))}
      <div className="row-flex">
        <button
          type="button" className="button small" onClick={() => onChange([...drafts, newDraft("budget", drafts)])}
        ><Icon name="plus" size={12} />Budget</button>
        <button
          type="button" className="button small" onClick={() => onChange([...drafts, newDraft("limit", drafts)])}
        ><Icon name="plus" size={12} />Limit</button>
      </div>
    </fieldset>
  );
}

const budgetUnits = [["money", "dollars"], ["tokens", "tokens"], ["requests", "requests"]] as const;
const limitUnits = [["requests", "requests"], ["tokens", "tokens"], ["parallel", "calls at once"]] as const;

function RuleRow({ draft, all, change, remove }: {
  draft: RuleDraft;
  all: RuleDraft[];
  change: (to: Partial<RuleDraft>) => void;
  remove: () => void;
}): JSX.Element {
  const about = useId();
  const problem = draftProblem(draft, all);
  const isBudget = draft.kind === "budget";
  const known = windows.some((one) => one.value === draft.window);
  return (
    <div className="rule" role="group" aria-describedby={about}>
      <div className="rule-line">
        <span>At most</span>
        <input
          className="input" aria-label="Amount" inputMode="decimal" value={draft.amount}
          aria-invalid={problem !== null} onChange={(event) => change({ amount: event.target.value })}
        />
        <select
          className="select" aria-label="Unit" value={draft.unit}
          onChange={(event) => change({ unit: event.target.value })}
        >
          {(isBudget ? budgetUnits : limitUnits).map(([unit, word]) => <option key={unit} value={unit}>{word}</option>)}
        </select>
        {isBudget ? (
          <>
            <span>per</span>
            <select
              className="select" aria-label="Window" value={known ? draft.window : ""}
              onChange={(event) => change({ window: event.target.value === "" ? "30d" : event.target.value })}
            >
              {windows.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
              <option value="">length…</option>
            </select>
            {known ? null : (
              <input
                className="input mono" aria-label="Length of the window" value={draft.window} placeholder="30d"
                onChange={(event) => change({ window: event.target.value })}
              />
            )}
          </>
        ) : draft.unit === "parallel" ? null : (
          <>
            <span>in any</span>
            <input
              className="input" aria-label="Seconds" inputMode="numeric" value={draft.period}
              onChange={(event) => change({ period: event.target.value })}
            />
            <span>seconds</span>
          </>
        )}
        <span>then</span>
        <select
          className="select" aria-label="What happens at the limit" value={draft.mode}
          onChange={(event) => change({ mode: event.target.value as RuleDraft["mode"] })}
        >
          {modes.map((mode) => <option key={mode.value} value={mode.value}>{mode.label}</option>)}
        </select>
      </div>
      <div className="rule-line">
        <span className="hint">for</span>
        <input
          className="input wide" aria-label="Models of the rule" placeholder="all models" value={draft.models}
          onChange={(event) => change({ models: event.target.value })}
        />
        <span className="hint">named</span>
        <input
          className="input mono" aria-label="Name of the rule" value={draft.id}
          onChange={(event) => change({ id: event.target.value })}
        />
        <button type="button" className="button quiet small danger" onClick={remove} aria-label={`Remove ${draft.id}`}>
          <Icon name="close" size={12} />Remove
        </button>
      </div>
      <p id={about} className={problem ? "problem" : "rule-text"}>{problem ?? sentence(draft)}</p>
    </div>
  );
}

function sentence(draft: RuleDraft): string {
  const { budgets, limits } = rulesOf([draft]);
  return budgets[0] ? budgetWords(budgets[0]) : limits[0] ? limitWords(limits[0]) : "";
}
