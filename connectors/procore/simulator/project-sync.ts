import { type Errors, isObject, readAttributes } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { changedProject, type Project, projectDefaults, takenFrom, takenKinds } from "./project.ts";
import { refusalsOfProject } from "./project-rules.ts";

/** Most projects that one call may carry (documented). */
export const projectsPerSync = 1_000;

export type SyncedProject =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly given: unknown; readonly errors: Errors };

/**
 * Creates or updates one project of a sync call. With an id it is an update, and the id must be there; with an origin id
 * alone it is an update if there is such a project and a create if not; with neither it is a create (documented).
 */
export function syncProject(
  directory: Directory,
  companyId: number,
  given: unknown,
): SyncedProject {
  if (!isObject(given)) return { ok: false, given, errors: { base: ["is not a project"] } };
  const { id, ...rest } = given;
  const { attributes, errors } = readAttributes(takenFrom(rest, takenKinds.sync), takenKinds.sync);
  if (Object.keys(errors).length > 0) return { ok: false, given, errors };
  const known = find(directory, companyId, id, attributes["origin_id"]);
  if (id !== undefined && !known) {
    return { ok: false, given, errors: { id: ["Entity with this ID not found"] } };
  }
  const whole = changedProject(known?.attributes ?? projectDefaults, attributes);
  const refusals = refusalsOfProject(directory, whole, { companyId, id: known?.id ?? null });
  if (Object.keys(refusals).length > 0) return { ok: false, given, errors: refusals };
  const project = known
    ? directory.changeProject(known, attributes)
    : directory.addProject(companyId, attributes);
  return { ok: true, project };
}

/** A project that the app may not see is not found. */
function find(
  directory: Directory,
  companyId: number,
  id: unknown,
  origin: unknown,
): Project | undefined {
  const permitted = directory.projectsNow(companyId).filter((project) => project.permitted);
  if (id !== undefined) return permitted.find((project) => project.id === id);
  if (origin === undefined || origin === null) return undefined;
  return permitted.find(({ attributes }) => attributes["origin_id"] === origin);
}
