import type { SubjectKind } from "../api/access";
import { addressWith, go, usePlace } from "../app/location";
import { Page } from "../app/Page";
import { useShortcuts } from "../app/shortcuts";
import { Icon } from "../design/Icon";
import { Tabs } from "../design/Tabs";
import { KeyList } from "./KeyList";
import { SubjectList } from "./SubjectList";
import { subjectKinds } from "./subjects";

/** Who may call, what they belong to, and how much they may spend. */
export function KeysScreen(): JSX.Element {
  const { params } = usePlace();
  const kind = subjectKinds.find((one) => one.path === params.get("tab"));
  const create = (): void => go(addressWith({ new: "1", edit: null }), { replace: true });
  useShortcuts({ n: create });
  const controls = (
    <>
      {kind ? null : (
        <label className="check">
          <input
            type="checkbox" checked={params.get("revoked") === "1"}
            onChange={(event) => go(addressWith({ revoked: event.target.checked ? "1" : null }), { replace: true })}
          />
          <span>Show revoked</span>
        </label>
      )}
      <button type="button" className="button primary" onClick={create}>
        <Icon name="plus" size={14} />{kind ? `Create ${kind.word}` : "Create key"}
      </button>
    </>
  );
  return (
    <Page title={kind ? kind.title : "Keys"} controls={controls}>
      <Tabs
        label="Kinds" param="tab" value={kind?.path ?? "keys"}
        tabs={[{ value: "keys", label: "Keys" }, ...subjectKinds.map((one) => ({ value: one.path, label: one.title }))]}
      />
      {kind ? <SubjectList key={kind.path} kind={kind} /> : <KeyList />}
    </Page>
  );
}

/** Where the budgets of one key, team and so on are shown. */
export function budgetsAddress(kind: SubjectKind, id: string): string {
  return `/budgets?${new URLSearchParams({ kind, id }).toString()}`;
}
