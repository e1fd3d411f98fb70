import { timeZoneNames } from "../time-zone-names.ts";
import { type Attributes, type Errors, isBlank, type Scalar } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { projectStages } from "./project.ts";

interface WhichProject {
  readonly companyId: number;
  /** Null: a new one. */
  readonly id: number | null;
}

/**
 * Why a project cannot be as these attributes say. That such values are refused is documented, but for the stage and
 * the template; the texts are assumed.
 */
export function refusalsOfProject(
  directory: Directory,
  attributes: Attributes,
  { companyId, id }: WhichProject,
): Errors {
  const all = directory.projectsNow(companyId);
  const origin = attributes["origin_id"] ?? null;
  const template = attributes["project_template_id"] ?? null;
  const refusals: readonly (readonly [name: string, isRefused: boolean, text: string])[] = [
    ["name", isBlank(attributes["name"]), "can't be blank"],
    ["active", attributes["active"] === null, "can't be blank"],
    [
      "time_zone",
      !Object.hasOwn(timeZoneNames, String(attributes["time_zone"])),
      "is not included in the list",
    ],
    ["country_code", !hasForm(attributes["country_code"], /^[A-Z]{2}$/), "is invalid"],
    ["state_code", !hasForm(attributes["state_code"], /^[A-Z0-9]{1,3}$/), "is invalid"],
    [
      "origin_id",
      origin !== null &&
        all.some((other) => other.id !== id && other.attributes["origin_id"] === origin),
      "has already been taken",
    ],
    ["project_stage_id", !isAmong(attributes["project_stage_id"], projectStages), "is invalid"],
    [
      "project_template_id",
      !isAmong(
        template,
        all.filter((other) => other.attributes["template"] === true),
      ),
      "is invalid",
    ],
  ];
  return Object.fromEntries(
    refusals.filter(([, isRefused]) => isRefused).map(([name, , text]) => [name, [text]]),
  );
}

function hasForm(value: Scalar | undefined, form: RegExp): boolean {
  return isBlank(value) || form.test(String(value));
}

function isAmong(id: Scalar | undefined, records: readonly { readonly id: number }[]): boolean {
  return id === null || id === undefined || records.some((record) => record.id === id);
}
