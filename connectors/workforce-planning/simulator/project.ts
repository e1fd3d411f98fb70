import type { Stamps } from "./stamps.ts";
import type { Kinds } from "./values.ts";

/* A project as the simulated product keeps it. Time, and with it a date, is milliseconds since 1970. */

export interface ProjectValues {
  readonly name: string;
  readonly project_number: string | null;
  readonly status: "active" | "pending" | "inactive";
  readonly start_date: number | null;
  readonly est_end_date: number | null;
  readonly closed_date: number | null;
  readonly timezone: string | null;
  readonly color: string | null;
  readonly daily_start_time: string | null;
  readonly daily_end_time: string | null;
  readonly bid_rate: number | null;
  readonly percent_complete: number | null;
  readonly customer_name: string | null;
  readonly project_type: string | null;
  readonly address_1: string | null;
  readonly address_2: string | null;
  readonly city_town: string | null;
  readonly state_province: string | null;
  readonly zipcode: string | null;
  readonly country: string | null;
  readonly group_ids: readonly string[];
}

export type Project = ProjectValues & Stamps;

/** What each key that a request may set has to hold. */
export const projectKinds: Kinds<ProjectValues> = {
  name: "name",
  project_number: "text",
  status: ["active", "pending", "inactive"],
  start_date: "day",
  est_end_date: "day",
  closed_date: "day",
  timezone: "zone",
  color: "color",
  daily_start_time: "time of day",
  daily_end_time: "time of day",
  bid_rate: "number",
  percent_complete: "number",
  customer_name: "text",
  project_type: "text",
  address_1: "text",
  address_2: "text",
  city_town: "text",
  state_province: "text",
  zipcode: "text",
  country: "text",
  group_ids: "ids",
};

/** What a project is created with that is given the least. The times are documented. */
export const projectDefaults: Omit<ProjectValues, "name" | "status" | "group_ids"> = {
  project_number: null,
  start_date: null,
  est_end_date: null,
  closed_date: null,
  timezone: null,
  color: null,
  daily_start_time: "7:30 am",
  daily_end_time: "3:30 pm",
  bid_rate: null,
  percent_complete: null,
  customer_name: null,
  project_type: null,
  address_1: null,
  address_2: null,
  city_town: null,
  state_province: null,
  zipcode: null,
  country: null,
};

/** A project as it is answered. What hangs on it and is no part of it, such as roles, is not simulated. */
export function projectAnswer(project: Project): object {
  return { ...project, roles: [], categories: [], tag_instances: [], wage_overrides: [] };
}
