import type { CompanyData } from "./start-sandbox.ts";

/** What people did in both systems in a week, told and done. */
export const week = [
  "Wes Hanlon, a foreman, gets a login in Workforce Planning: the contact becomes a user.",
  "Caleb Whitfield leaves; the office marks him inactive in Workforce Planning.",
  "Grace Kim is promoted to Foreman in Workforce Planning.",
  "Somebody overwrites Ana Souza's phone number in Procore, where it is not kept.",
] as const;

interface Company {
  readonly "workforce-planning": {
    readonly jobTitles: readonly { readonly id: string; readonly name: string }[];
    readonly people: readonly { readonly first_name: string; readonly last_name: string }[];
  };
  readonly procore: {
    readonly users: readonly { readonly first_name: string; readonly last_name: string }[];
  };
}

export function afterAWeek(data: CompanyData): CompanyData {
  const { "workforce-planning": planning, procore } = data as unknown as Company;
  const foreman = planning.jobTitles.find(({ name }) => name === "Foreman")?.id;
  const inPlanning: Edits = {
    "Wes Hanlon": { is_user: true },
    "Caleb Whitfield": { status: "inactive" },
    "Grace Kim": { job_title_id: foreman },
  };
  const inProcore: Edits = { "Ana Souza": { mobile_phone: "(503) 555-0177" } };
  return {
    "workforce-planning": { ...planning, people: edited(planning.people, inPlanning) },
    procore: { ...procore, users: edited(procore.users, inProcore) },
  };
}

type Edits = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function edited<T extends { readonly first_name: string; readonly last_name: string }>(
  list: readonly T[],
  edits: Edits,
): readonly T[] {
  return list.map((each) => ({ ...each, ...edits[`${each.first_name} ${each.last_name}`] }));
}
