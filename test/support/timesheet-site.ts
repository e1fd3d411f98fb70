import type { Fields } from "../../engine/value/value.ts";
import { type Company, type CompanyOptions, openCompany } from "./company.ts";

/*
 * A building site that both Procore and SmartBarrel know: two projects, sub jobs, cost codes and locations. A scenario
 * adds who works there, and what they worked.
 */

export const depot = 5511;
/** Records start and stop, and no hours. */
export const pumps = 5512;

export const procoreSite = {
  projects: [
    { id: depot, name: "Harbor Street Depot", project_number: "26-014" },
    { id: pumps, name: "Pump Station", project_number: "26-015", time_entry: "start_stop" },
  ],
  subJobs: [{ id: 62_001, name: "East Pier", code: "E", project_id: depot }],
  costCodes: [
    { id: 61_001, name: "Concrete", code: "03", project_id: depot },
    { id: 61_002, name: "Forms", code: "100", parent_id: 61_001, project_id: depot },
    { id: 61_003, name: "Piles", code: "31", project_id: depot },
    { id: 61_004, name: "Pier piles", code: "31", project_id: depot, sub_job_id: "East Pier" },
    { id: 61_005, name: "Pumps", code: "03", project_id: pumps },
  ],
  locations: [
    { id: 63_001, node_name: "Building A", project_id: depot },
    { id: 63_002, node_name: "Floor 1", parent_id: 63_001, project_id: depot },
    { id: 63_003, node_name: "Building B", project_id: depot },
    { id: 63_004, node_name: "Floor 1", parent_id: 63_003, project_id: depot },
    { id: 63_005, node_name: "Building A", project_id: pumps },
  ],
};

const smartbarrelSite = {
  projects: [
    { id: "prj_1", name: "Harbor Street Depot", procore_project_id: String(depot) },
    { id: "prj_2", name: "Pump Station", procore_project_id: String(pumps) },
    { id: "prj_3", name: "Own yard" },
  ],
  cost_codes: [
    code("cc_pier", { segment_1: "E", segment_2: "31", name: "Pier piles" }),
    code("cc_piles", { segment_1: "31", name: "Piles" }),
    code("cc_forms", { segment_1: "03-100", name: "Forms" }),
    code("cc_only_second", { segment_2: "03-100", name: "Forms, without a sub job" }),
    code("cc_no_code", { segment_1: "99-999", name: "Not in Procore" }),
    code("cc_no_code_there", { segment_1: "E", segment_2: "03-100", name: "Not in the sub job" }),
    code("cc_no_job", { segment_1: "X", segment_2: "31", name: "No such sub job" }),
    { id: "cc_pumps", project_id: "prj_2", segment_1: "03", name: "Pumps" },
  ],
};

function code(id: string, segments: Fields): Fields {
  return { id, project_id: "prj_1", ...segments };
}

/** Knows Procore's user Ilse by her number. */
export const ilse = {
  id: "wkr_1",
  first_name: "Ilse",
  last_name: "Brandvold",
  payroll_id: "NR-2041",
  procore_user_id: "88121",
};

export const userIlse = {
  id: 88_121,
  person_id: 25_121,
  first_name: "Ilse",
  last_name: "Brandvold",
  email_address: "ilse@northridge.example",
  employee_id: "NR-2041",
  is_employee: true,
};

/** Is not in Procore. */
export const olav = {
  id: "wkr_2",
  first_name: "Olav",
  last_name: "Haugen",
  payroll_id: "NR-2055",
};

/** The day so many days before today, counted as the engine counts. */
export function day(back: number): string {
  return new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
}

/** From seven to half past three in Seattle, with half an hour of break. */
export function worked(
  on: string,
  { worker_id = olav.id, ...more }: Fields = {},
): Fields & { readonly date: string } {
  return {
    worker_id,
    project_id: "prj_1",
    date: on,
    time_in: `${on}T15:00:00Z`,
    time_out: `${on}T23:30:00Z`,
    break_minutes: 30,
    ...more,
  };
}

/** A shift of a data file, of eight hours on no cost code unless it says otherwise. */
export function shift(
  id: string,
  values: Fields,
  entries: readonly Fields[] = [{ hours: 8 }],
): Record<string, unknown> {
  return {
    id,
    ...values,
    entries: entries.map((entry, at) => ({ id: `ent_${at + 1}`, ...entry })),
  };
}

export interface SiteOptions extends Omit<CompanyOptions, "smartbarrel"> {
  readonly workers?: readonly object[];
  readonly shifts?: readonly object[];
  /** More data of the SmartBarrel simulator. */
  readonly smartbarrel?: Record<string, unknown>;
}

/** The site, with the mappings for timesheets and what they need. */
export function openSite({ workers, shifts, ...options }: SiteOptions = {}): Promise<Company> {
  return openCompany({
    mappings: ["timesheets", "worker-contacts", "positions"],
    ...options,
    procore: { ...procoreSite, ...options.procore },
    smartbarrel: {
      ...smartbarrelSite,
      workers: workers ?? [olav],
      shifts: shifts ?? [],
      ...options.smartbarrel,
    },
  });
}
