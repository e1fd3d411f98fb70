import type { CompanyData } from "./start-sandbox.ts";

/** What people did in all systems in a week, told and done. */
export const week = [
  "Wes Hanlon, a foreman, gets a login in Workforce Planning: the contact becomes a user.",
  "Caleb Whitfield leaves; the office marks him inactive in Workforce Planning.",
  "Grace Kim is promoted to Foreman in Workforce Planning.",
  "Somebody overwrites Ana Souza's phone number in Procore, where it is not kept.",
  "Boise Pump Station gets a start date in Procore; the completion of Harbor Street Depot is put off by a month.",
  "The office takes Boise Pump Station out of the group Portland in Workforce Planning, where groups are kept.",
  "Siobhán O'Rourke clocks out of her shift, and a foreman corrects hours of Luis Ortega, both in SmartBarrel.",
] as const;

interface Company {
  readonly "workforce-planning": {
    readonly jobTitles: readonly { readonly id: string; readonly name: string }[];
    readonly groups: readonly { readonly id: string; readonly name: string }[];
    readonly people: readonly Person[];
    readonly projects: readonly Project[];
  };
  readonly procore: {
    readonly users: readonly Person[];
    readonly projects: readonly Project[];
  };
  readonly smartbarrel?: { readonly shifts: readonly Shift[] };
}

type Person = { readonly first_name: string; readonly last_name: string };
type Project = { readonly name: string };
type Shift = {
  readonly id: string;
  readonly date: string;
  readonly entries: readonly { readonly hours: number }[];
};

export function afterAWeek(data: CompanyData): CompanyData {
  const { "workforce-planning": planning, procore, smartbarrel } = data as Company;
  const foreman = planning.jobTitles.find(({ name }) => name === "Foreman")?.id;
  const inPlanning: Edits = {
    "Wes Hanlon": { is_user: true },
    "Caleb Whitfield": { status: "inactive" },
    "Grace Kim": { job_title_id: foreman },
  };
  const seattle = planning.groups.filter(({ name }) => name === "Seattle").map(({ id }) => id);
  const projectsInPlanning: Edits = { "Boise Pump Station": { group_ids: seattle } };
  const inProcore: Edits = { "Ana Souza": { mobile_phone: "(503) 555-0177" } };
  const projectsInProcore: Edits = {
    "Boise Pump Station": { start_date: "2027-01-11", estimated_start_date: "2027-01-11" },
    "Harbor Street Depot": {
      completion_date: "2027-01-31",
      estimated_completion_date: "2027-01-31",
    },
  };
  return {
    "workforce-planning": {
      ...planning,
      people: edited(planning.people, fullName, inPlanning),
      projects: edited(planning.projects, nameOf, projectsInPlanning),
    },
    procore: {
      ...procore,
      users: edited(procore.users, fullName, inProcore),
      projects: edited(procore.projects, nameOf, projectsInProcore),
    },
    ...(smartbarrel && {
      smartbarrel: { ...smartbarrel, shifts: smartbarrel.shifts.map(corrected) },
    }),
  };
}

function corrected(shift: Shift): Shift {
  if (shift.id === "shf_110") return { ...shift, ...{ time_out: `${shift.date}T02:10:00Z` } };
  if (shift.id !== "shf_102") return shift;
  const [first, ...others] = shift.entries;
  return { ...shift, entries: [...(first ? [{ ...first, hours: 4.5 }] : []), ...others] };
}

type Edits = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function fullName({ first_name, last_name }: Person): string {
  return `${first_name} ${last_name}`;
}

function nameOf({ name }: Project): string {
  return name;
}

function edited<T extends object>(
  list: readonly T[],
  named: (each: T) => string,
  edits: Edits,
): readonly T[] {
  return list.map((each) => ({ ...each, ...edits[named(each)] }));
}
