import type { Project } from "../../engine/config/project.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { Role, RunRequest } from "../../engine/state/service-store.ts";
import type { Actor, Answer, MappingKey } from "../service.ts";
import type { Workspace } from "../workspaces/workspace.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import type { OpenWorkspace, ServiceDeps } from "./deps.ts";

/*
 * Who may do what: the one place where roles and workspaces of an actor are looked at. Every member of the service comes
 * through here before it does anything. What an actor may not see is answered as if it were not there, also to somebody
 * whose role would not do.
 */

const ranks: readonly Role[] = ["viewer", "operator", "admin"];

/** Null when the role of the actor is enough. */
export function admitRole(actor: Actor, role: Role): Refused | null {
  if (ranks.indexOf(actor.role) >= ranks.indexOf(role)) return null;
  return refuse(
    403,
    "not-allowed",
    `This takes the role ${role}; ${actor.name} has the role ${actor.role}.`,
  );
}

export function sees(actor: Actor, workspace: string): boolean {
  return actor.workspaces === undefined || actor.workspaces.includes(workspace);
}

export function admitToWorkspace(
  { workspaces }: Pick<ServiceDeps, "workspaces">,
  actor: Actor,
  role: Role,
  name: string,
): Answer<Workspace> {
  const workspace = sees(actor, name) ? workspaces.get(name) : undefined;
  if (!workspace) return unknownWorkspace(name);
  return admitRole(actor, role) ?? fine(workspace);
}

/** To one whose configuration has been right. */
export function admitToProject(
  deps: Pick<ServiceDeps, "workspaces">,
  actor: Actor,
  role: Role,
  name: string,
): Answer<OpenWorkspace> {
  const admitted = admitToWorkspace(deps, actor, role, name);
  return admitted.ok ? opened(admitted.value) : admitted;
}

export function opened(workspace: Workspace): Answer<OpenWorkspace> {
  const { project, broken } = workspace;
  if (project) return fine({ ...workspace, project });
  const [first] = broken;
  const why = first ? ` ${first.message}` : "";
  const message = `The configuration of ${nameText(workspace.name)} has not been right yet.${why}`;
  return refuse(409, "workspace-broken", message);
}

export interface AdmittedMapping {
  readonly workspace: OpenWorkspace;
  readonly project: Project;
  readonly mapping: Mapping;
}

export function admitToMapping(
  deps: Pick<ServiceDeps, "workspaces">,
  actor: Actor,
  role: Role,
  key: MappingKey,
): Answer<AdmittedMapping> {
  const admitted = admitToProject(deps, actor, role, key.workspace);
  if (!admitted.ok) return admitted;
  const { project } = admitted.value;
  const mapping = project.mappings.find(({ name }) => name === key.mapping);
  return mapping
    ? fine({ workspace: admitted.value, project, mapping })
    : unknownMapping(key.mapping);
}

/** Requests outlive their workspaces: whoever may see all of them sees those of one that has gone. */
export async function admitToRequest(
  { state }: Pick<ServiceDeps, "state">,
  actor: Actor,
  role: Role,
  id: string,
): Promise<Answer<RunRequest>> {
  const request = await state.service.request(id);
  if (!request || !sees(actor, request.workspace)) return unknownRequest(id);
  return admitRole(actor, role) ?? fine(request);
}

export function unknownWorkspace(name: string): Refused {
  return refuse(404, "workspace-unknown", `There is no workspace ${nameText(name)}.`);
}

function unknownMapping(name: string): Refused {
  return refuse(404, "mapping-unknown", `There is no mapping ${JSON.stringify(name)}.`);
}

export function unknownRequest(id: string): Refused {
  return refuse(404, "request-unknown", `There is no run ${JSON.stringify(id)}.`);
}

/** The workspace of a project that names none has the empty name. */
function nameText(name: string): string {
  return name === "" ? "without a name" : JSON.stringify(name);
}
