import type { Key } from "../api/access";
import { dayOf } from "../format/time";
import { draftsOf, rulesOf, type RuleDraft } from "./rules";

/** A key while it is edited. */
export interface KeyForm {
  name: string;
  environment: string;
  role: string;
  /** "" for never, "keep" for as it is, or days from now. */
  expires: string;
  models: string;
  team: string;
  user: string;
  rules: RuleDraft[];
  customerRules: RuleDraft[];
  userIsCustomer: boolean;
  policy: string;
  tags: string;
  scopes: string[];
}

export const scopes = ["inference", "records.read", "records.write", "prompts.read", "admin"];
const dayMs = 86_400_000;

export function lifetimes(existing: Key | null): { value: string; label: string }[] {
  const kept = existing?.expires_at ? [{ value: "keep", label: `On ${dayOf(existing.expires_at)}` }] : [];
  return [
    ...kept, { value: "", label: "Never" }, { value: "1", label: "In a day" }, { value: "30", label: "In 30 days" },
    { value: "90", label: "In 90 days" }, { value: "365", label: "In a year" },
  ];
}

export function formOf(key: Key | null): KeyForm {
  return {
    name: key?.name ?? "",
    environment: key?.environment ?? "production",
    role: key?.role ?? "member",
    expires: key?.expires_at ? "keep" : "",
    models: (key?.allowed_models ?? []).join(", "),
    team: key?.team ?? "",
    user: key?.user ?? "",
    rules: draftsOf(key?.rules),
    customerRules: draftsOf(key?.customer_rules),
    userIsCustomer: key?.takes_user_as_customer ?? false,
    policy: key?.parameter_policy ?? "",
    tags: (key?.tags ?? []).join(", "),
    scopes: key?.scopes ?? [],
  };
}

function list(text: string): string[] {
  return text.split(",").map((one) => one.trim()).filter(Boolean);
}

/** The body of the call: of a new key only what was said, of a changed one everything that can be changed here. */
export function bodyOf(form: KeyForm, existing: Key | null, now = Date.now()): Record<string, unknown> {
  const expires = form.expires === ""
    ? { expires_at: null }
    : form.expires === "keep" ? {} : { expires_at: new Date(now + Number(form.expires) * dayMs).toISOString() };
  const all: Record<string, unknown> = {
    name: form.name.trim(),
    ...expires,
    allowed_models: list(form.models),
    team: form.team.trim() || null,
    user: form.user.trim() || null,
    scopes: form.scopes,
    rules: rulesOf(form.rules),
    customer_rules: rulesOf(form.customerRules),
    takes_user_as_customer: form.userIsCustomer,
    parameter_policy: form.policy || null,
    tags: list(form.tags),
  };
  if (existing) return all;
  const said = Object.entries(all).filter(([, value]) => !isEmpty(value));
  return { ...Object.fromEntries(said), environment: form.environment.trim(), role: form.role };
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
