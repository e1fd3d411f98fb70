import type { Code } from "../../engine/codes.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { Project } from "../../engine/config/project.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { Workspace } from "../workspaces/workspace.ts";
import type { RunDeps } from "./run-deps.ts";

/** The configuration that a request is carried out with, or why there is none. */
export type Ground =
  | { readonly ok: true; readonly project: Project; readonly commit?: string }
  | { readonly ok: false; readonly code: Code; readonly note: string };

/** Loads what has changed, and takes the last configuration that was right. */
export async function groundOf({ workspaces }: RunDeps, request: RunRequest): Promise<Ground> {
  await workspaces.refresh(request.workspace);
  const workspace = workspaces.get(request.workspace);
  if (!workspace) {
    const note = `There is no workspace ${JSON.stringify(request.workspace)} any more.`;
    return { ok: false, code: "workspace-unknown", note };
  }
  const { project, commit } = workspace;
  if (!project) return { ok: false, code: "workspace-broken", note: brokenNote(workspace) };
  if (!project.mappings.some(({ name }) => name === request.mapping)) {
    const note = `The configuration has no mapping ${request.mapping} any more.`;
    return { ok: false, code: "mapping-unknown", note };
  }
  return { ok: true, project, ...(commit === undefined ? {} : { commit }) };
}

function brokenNote({ broken }: Workspace): string {
  const [first, ...others] = broken;
  if (!first) return "The configuration of the workspace has never been right.";
  const more = others.length > 0 ? ` There are ${others.length} more.` : "";
  return `The configuration of the workspace has never been right. ${placeText(first)}${first.message}${more}`;
}

function placeText({ at }: Diagnostic): string {
  return at ? `${at.file}:${at.line}: ` : "";
}
