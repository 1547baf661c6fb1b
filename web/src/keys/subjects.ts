import type { SubjectKind } from "../api/access";

/** What keys belong to, from the smallest to the largest. */
export interface SubjectInfo {
  kind: SubjectKind;
  /** The API's path and the tab's name in the address. */
  path: string;
  word: string;
  title: string;
  /** What it is for, where there is none yet. */
  purpose: string;
}

export const subjectKinds: SubjectInfo[] = [
  {
    kind: "team", path: "teams", word: "team", title: "Teams",
    purpose: "A team groups users and keys that share budgets and models.",
  },
  {
    kind: "user", path: "users", word: "user", title: "Users",
    purpose: "A user is a person or program that keys belong to.",
  },
  {
    kind: "customer", path: "customers", word: "customer", title: "Customers",
    purpose: "Calls name their end customer by a header. Create one here to give it budgets of its own.",
  },
  {
    kind: "project", path: "projects", word: "project", title: "Projects",
    purpose: "Keys, teams and records belong to a project.",
  },
  {
    kind: "organisation", path: "organisations", word: "organisation", title: "Organisations",
    purpose: "Projects belong to an organisation.",
  },
];
