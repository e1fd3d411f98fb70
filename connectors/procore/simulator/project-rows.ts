import { timeZoneNames } from "../time-zone-names.ts";
import type { Scalar } from "./attributes.ts";
import { type Project, projectStages } from "./project.ts";
import type { Company } from "./world.ts";

/*
 * The shapes in which a project is answered. Lists keep keys that are null; the answers about one project leave them
 * out. The zone of the tz database stands in the extended view and in the answers about one project (documented).
 */

export type ProjectRow = Readonly<Record<string, unknown>>;

const normalKeys: readonly string[] = [
  "accounting_project_number",
  "active",
  "address",
  "city",
  "completion_date",
  "country_code",
  "county",
  "designated_market_area",
  "latitude",
  "longitude",
  "name",
  "origin_code",
  "origin_data",
  "origin_id",
  "phone",
  "project_number",
  "start_date",
  "state_code",
  "store_number",
  "time_zone",
  "zip",
];

const extendedKeys: readonly string[] = [
  "actual_start_date",
  "description",
  "estimated_completion_date",
  "estimated_start_date",
  "flag",
  "projected_finish_date",
  "public_notes",
  "square_feet",
  "warranty_end_date",
  "warranty_start_date",
];

/** The views of the list. One that is not known is the normal one (documented). */
export function listedRow(project: Project, company: Company, view: string | undefined): unknown {
  switch (view) {
    case "ids":
      return project.id;
    case "compact":
      return { id: project.id, name: project.attributes["name"] };
    case "extended":
      return extendedRow(project, company);
    default:
      return {
        ...normalRow(project, company),
        is_demo: project.attributes["is_demo"],
        project_template: named(project.attributes["project_template_id"], "Template"),
      };
  }
}

/** The answer to showing, creating and updating one project. */
export function shownRow(project: Project, company: Company): ProjectRow {
  const { attributes } = project;
  return withoutNulls({
    ...extendedRow(project, company),
    code: attributes["code"],
    is_demo: attributes["is_demo"],
    template: attributes["template"],
    project_stage_id: attributes["project_stage_id"],
    from_project_template_id: attributes["project_template_id"],
  });
}

/** A row of the answer to a sync call has neither the zone nor the county (documented). */
export function syncedRow(project: Project, company: Company): ProjectRow {
  const {
    tz_name: _zone,
    county: _county,
    company: _company,
    ...row
  } = extendedRow(project, company);
  return withoutNulls(row);
}

function extendedRow(project: Project, company: Company): ProjectRow {
  return {
    ...normalRow(project, company),
    ...pick(project, extendedKeys),
    tz_name: timeZoneNames[String(project.attributes["time_zone"])],
  };
}

function normalRow(project: Project, { id, name }: Company): ProjectRow {
  const { attributes } = project;
  return {
    id: project.id,
    ...pick(project, normalKeys),
    display_name: displayName(project),
    total_value: decimal(attributes["total_value"]),
    estimated_value: decimal(attributes["estimated_value"]),
    project_stage:
      projectStages.find((stage) => stage.id === attributes["project_stage_id"]) ?? null,
    company: { id, name },
    created_at: project.created_at,
    updated_at: project.updated_at,
  };
}

export function displayName({ attributes }: Project): string {
  return [attributes["project_number"], attributes["name"]].filter(Boolean).join(" - ");
}

/** Amounts are numbers in a request and texts in an answer (documented). */
function decimal(value: Scalar | undefined): string | null {
  if (typeof value !== "number") return null;
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function named(id: Scalar | undefined, what: string): unknown {
  return typeof id === "number" ? { id, name: `${what} ${id}` } : null;
}

function pick({ attributes }: Project, keys: readonly string[]): ProjectRow {
  return Object.fromEntries(keys.map((key) => [key, attributes[key] ?? null]));
}

function withoutNulls(row: ProjectRow): ProjectRow {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  );
}
