import { isDay } from "../../../engine/value/calendar.ts";
import { timeZoneNames } from "../time-zone-names.ts";
import { isBlank } from "./attributes.ts";
import {
  attributesAt,
  choiceAt,
  companyAt,
  fault,
  givenId,
  type Keys,
  type Row,
  rowsAt,
  type Scope,
  timeAt,
  withIds,
} from "./data-keys.ts";
import {
  changedProject,
  type Project,
  type ProjectTool,
  projectDefaults,
  projectKinds,
  projectStages,
  projectTools,
} from "./project.ts";

export function projectsAt(root: Keys, scope: Scope): readonly Project[] {
  return rowsAt(root, "projects").map((row) => projectAt(row, scope));
}

/** Stricter than a request: whoever writes a malformed date by hand wants to be told. */
function projectAt({ keys, place }: Row, scope: Scope): Project {
  const { id, company_id: _company, created_at, updated_at, permitted, ...others } = keys;
  const { time_entry, tools_off, ...told } = others;
  const named = withIds(told, place, { project_stage_id: projectStages });
  const attributes = attributesAt(named, projectKinds, place);
  if (isBlank(attributes["name"])) throw fault(`${place}.name`, "is needed");
  const zone = attributes["time_zone"];
  if (zone !== undefined && !Object.hasOwn(timeZoneNames, String(zone))) {
    throw fault(`${place}.time_zone`, "must be one of Procore's names, such as Arizona");
  }
  for (const [name, value] of Object.entries(attributes)) {
    const isDate = projectKinds[name] === "date" && value !== null;
    if (isDate && !isDay(String(value))) {
      throw fault(`${place}.${name}`, "must be a day such as 2026-01-31");
    }
  }
  if (permitted !== undefined && typeof permitted !== "boolean") {
    throw fault(`${place}.permitted`, "must be true or false");
  }
  const created = timeAt(created_at ?? scope.at, `${place}.created_at`);
  return {
    id: givenId(id) ?? scope.ids.next("project"),
    company_id: companyAt(keys, place, scope),
    created_at: created,
    updated_at: timeAt(updated_at ?? created, `${place}.updated_at`),
    permitted: permitted ?? true,
    time_entry: choiceAt(
      time_entry ?? "hours",
      ["hours", "start_stop"] as const,
      `${place}.time_entry`,
    ),
    tools_off: toolsAt(tools_off ?? [], `${place}.tools_off`),
    attributes: changedProject(projectDefaults, attributes),
  };
}

function toolsAt(value: unknown, place: string): readonly ProjectTool[] {
  if (!Array.isArray(value)) throw fault(place, "must be a list");
  return value.map((tool, index) => choiceAt(tool, projectTools, `${place}[${index}]`));
}
