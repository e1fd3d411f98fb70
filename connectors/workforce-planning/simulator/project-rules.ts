import type { DayStorage } from "./days.ts";
import { type Project, type ProjectValues, projectDefaults } from "./project.ts";
import { requestedProject } from "./project-values.ts";
import {
  type Accepted,
  accepted,
  hasId,
  invalidValues,
  type Judged,
  missingValues,
  type Refusal,
  refusalOf,
  refused,
  unknownIds,
} from "./refusal.ts";
import type { Group } from "./world.ts";

/*
 * What the product demands of a project. The demands are documented, save where a comment says that they are assumed.
 */

type Body = { readonly [key: string]: unknown };

export interface ProjectRules {
  readonly groups: readonly Group[];
  readonly storage: DayStorage;
  /** One of the two published descriptions demands what a creation needs of an update as well. */
  readonly strictUpdates: boolean;
}

export function judgeProjectCreate(
  body: Body,
  rules: ProjectRules,
): Judged<Accepted<ProjectValues>> {
  const parsed = requestedProject(body, {}, rules);
  if (!parsed.ok) return refused(invalidValues(parsed.reasons));
  const { name, status, group_ids } = parsed.values;
  if (name === undefined || status === undefined || group_ids === undefined) {
    const missing = ["name", "status", "group_ids"].filter((key) => body[key] === undefined);
    return refused(missingValues(missing));
  }
  const project = { ...projectDefaults, ...parsed.values, name, status, group_ids };
  const refusal = refuseGroups(project, rules) ?? (lacksStart(project) ? startMissing : null);
  return refusal ? refused(refusal) : accepted(project, false);
}

export function judgeProjectUpdate(
  body: Body,
  project: Project,
  rules: ProjectRules,
): Judged<Accepted<Partial<ProjectValues>>> {
  const status = body["status"] ?? project.status;
  const demanded = ["name", "status", ...(status === "active" ? ["start_date"] : [])];
  const missing = demanded.filter((key) => body[key] === undefined);
  if (rules.strictUpdates && missing.length > 0) return refused(missingValues(missing));
  return judgeProjectChange(body, project, rules);
}

/** A change of single values, as other calls make it. */
export function judgeProjectChange(
  body: Body,
  project: Project,
  rules: ProjectRules,
): Judged<Accepted<Partial<ProjectValues>>> {
  const parsed = requestedProject(body, project, rules);
  if (!parsed.ok) return refused(invalidValues(parsed.reasons));
  const { values } = parsed;
  const next = { ...project, ...values };
  const refusal =
    (values.group_ids ? refuseGroups(next, rules) : null) ??
    // Data from before the rule may hold active projects without a start; they can still be edited (assumed).
    (lacksStart(next) && !lacksStart(project) ? startMissing : null);
  return refusal ? refused(refusal) : accepted(values, false);
}

function lacksStart({ status, start_date }: ProjectValues): boolean {
  return status === "active" && start_date === null;
}

const startMissing = missingValues(["start_date"], "is required of an active project");

function refuseGroups({ group_ids }: ProjectValues, { groups }: ProjectRules): Refusal | null {
  if (group_ids.length === 0) {
    return refusalOf(400, "A project belongs to a group.", ["group_ids"], "may not be empty");
  }
  return unknownIds(group_ids.every((id) => hasId(groups, id)) ? [] : ["group_ids"]);
}
