import { isDay } from "../../../engine/value/calendar.ts";
import type { Attributes, Kinds, Scalar } from "./attributes.ts";

/** A project of one company. */
export interface Project {
  readonly id: number;
  readonly company_id: number;
  readonly created_at: string;
  readonly updated_at: string;
  /** Whether the app may see it. */
  readonly permitted: boolean;
  /** Whether its time cards hold total hours, or start and stop. */
  readonly time_entry: "hours" | "start_stop";
  /** Tools that are switched off in it. */
  readonly tools_off: readonly ProjectTool[];
  /** Every attribute of `projectKinds`. */
  readonly attributes: Attributes;
}

export const projectTools = ["cost_codes", "sub_jobs", "locations", "timesheets"] as const;

export type ProjectTool = (typeof projectTools)[number];

/** What the calls for one project and for many take (documented). */
const writtenProjectKinds: Kinds = {
  name: "text",
  project_number: "text",
  active: "boolean",
  start_date: "date",
  completion_date: "date",
  estimated_start_date: "date",
  estimated_completion_date: "date",
  warranty_start_date: "date",
  warranty_end_date: "date",
  address: "text",
  city: "text",
  zip: "text",
  state_code: "text",
  country_code: "text",
  time_zone: "text",
  description: "text",
  public_notes: "text",
  phone: "text",
  square_feet: "integer",
  total_value: "number",
  estimated_value: "number",
  flag: "text",
  project_stage_id: "integer",
  project_template_id: "integer",
  store_number: "text",
  accounting_project_number: "text",
  designated_market_area: "text",
  origin_id: "text",
  origin_data: "text",
};

/** Each call takes a little more, or less (documented). */
export const takenKinds: Readonly<Record<"create" | "update" | "sync", Kinds>> = {
  create: {
    ...writtenProjectKinds,
    code: "text",
    latitude: "number",
    longitude: "number",
    origin_code: "text",
  },
  update: { ...writtenProjectKinds, county: "text", origin_code: "text" },
  sync: writtenProjectKinds,
};

/** What nothing but Procore itself sets. */
const computedKinds: Kinds = {
  actual_start_date: "date",
  projected_finish_date: "date",
  is_demo: "boolean",
  template: "boolean",
};

export const projectKinds: Kinds = { ...takenKinds.create, ...takenKinds.update, ...computedKinds };

/** Keys of answers that are not attributes here. In a request they change nothing (assumed). */
const answeredKeys: readonly string[] = [
  "display_name",
  "tz_name",
  "created_at",
  "updated_at",
  "company",
  "project_stage",
  "project_template",
  "from_project_template_id",
];

/** The part of a request that this call takes; a name that Procore has nowhere stays in it, to be refused. */
export function takenFrom(given: Readonly<Record<string, unknown>>, kinds: Kinds) {
  const ignored = [...Object.keys(projectKinds), ...answeredKeys].filter(
    (name) => !(name in kinds),
  );
  return Object.fromEntries(Object.entries(given).filter(([name]) => !ignored.includes(name)));
}

export const projectDefaults: Attributes = {
  ...Object.fromEntries(Object.keys(projectKinds).map((name) => [name, null])),
  active: true,
  time_zone: "Pacific Time (US & Canada)",
  is_demo: false,
  template: false,
};

/** Those that an account starts with (assumed). */
export const projectStages: readonly { readonly id: number; readonly name: string }[] = [
  { id: 1, name: "Bidding" },
  { id: 2, name: "Pre-Construction" },
  { id: 3, name: "Course of Construction" },
  { id: 4, name: "Post-Construction" },
  { id: 5, name: "Warranty" },
];

/** The older name on the right follows the one on the left, and either can be written (documented). */
const mirrors: readonly (readonly [name: string, older: string])[] = [
  ["start_date", "estimated_start_date"],
  ["completion_date", "estimated_completion_date"],
  ["total_value", "estimated_value"],
];

/** What becomes of a project: a malformed date is no date, and nothing says so (documented). */
export function changedProject(before: Attributes, changes: Attributes): Attributes {
  const kept = Object.entries(changes).map(([name, value]) => [name, keptValue(name, value)]);
  const after: Attributes = Object.fromEntries(kept);
  const mirrored = mirrors.flatMap(([name, older]) => {
    const value =
      after[name] ?? after[older] ?? (isWritten(after, name, older) ? null : before[name]);
    return [name, older].map((each) => [each, value ?? null] as const);
  });
  return { ...before, ...after, ...Object.fromEntries(mirrored) };
}

function keptValue(name: string, value: Scalar): Scalar {
  if (projectKinds[name] !== "date") return value;
  return typeof value === "string" && isDay(value) ? value : null;
}

function isWritten(after: Attributes, ...names: readonly string[]): boolean {
  return names.some((name) => name in after);
}

export function isActiveProject({ attributes }: Project): boolean {
  return attributes["active"] === true;
}
