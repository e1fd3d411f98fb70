import type { Answer, MappingKey, MappingView, Service, WorkspaceView } from "../service.ts";
import type { Workspace } from "../workspaces/workspace.ts";
import type { AccountBook } from "./accounts.ts";
import { type AdmittedMapping, admitToWorkspace, opened, sees } from "./admit.ts";
import { fine } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { type MappingFacts, mappingFacts, mappingView } from "./mapping-views.ts";

type WorkspacesPart = Pick<Service, "workspaces" | "workspace">;

/** Workspaces as people see them. What it costs does not grow with questions: the store is asked for all of them at once. */
export function workspacesPart(deps: ServiceDeps, accounts: AccountBook): WorkspacesPart {
  return {
    async workspaces(actor) {
      const seen = deps.workspaces.all().filter(({ name }) => sees(actor, name));
      return viewsOf(deps, accounts, seen);
    },
    async workspace(actor, name): Promise<Answer<WorkspaceView>> {
      const admitted = admitToWorkspace(deps, actor, "viewer", name);
      if (!admitted.ok) return admitted;
      const facts = await mappingFacts(deps.state, [admitted.value]);
      return fine(await viewOf(deps, accounts, admitted.value, facts));
    },
  };
}

/** One mapping, as it is now. */
export async function viewOfMapping(
  deps: ServiceDeps,
  { workspace, project, mapping }: AdmittedMapping,
): Promise<MappingView> {
  const of = { workspace: workspace.name, mapping: mapping.name };
  const facts = await mappingFacts(deps.state, [
    { ...workspace, project: { ...project, mappings: [mapping] } },
  ]);
  return mappingView(of, { project, mapping }, facts, await nextRun(deps, of));
}

async function viewsOf(
  deps: ServiceDeps,
  accounts: AccountBook,
  workspaces: readonly Workspace[],
): Promise<readonly WorkspaceView[]> {
  const facts = await mappingFacts(deps.state, workspaces);
  return Promise.all(workspaces.map((workspace) => viewOf(deps, accounts, workspace, facts)));
}

async function viewOf(
  deps: ServiceDeps,
  accounts: AccountBook,
  workspace: Workspace,
  facts: MappingFacts,
): Promise<WorkspaceView> {
  const { name, title, project, commit, loadedAt, broken, isWritable } = workspace;
  const mappings = (project?.mappings ?? []).map(async (mapping) => {
    const of = { workspace: name, mapping: mapping.name };
    if (!project) throw new Error("a workspace without a project has mappings");
    return mappingView(of, { project, mapping }, facts, await nextRun(deps, of));
  });
  const open = opened(workspace);
  return {
    name,
    title,
    configuration: {
      ...(project ? { digest: project.digest } : {}),
      ...(commit === undefined ? {} : { commit }),
      loadedAt,
      broken,
      isWritable,
    },
    connections: open.ok ? await accounts(open.value) : [],
    mappings: await Promise.all(mappings),
  };
}

async function nextRun(deps: ServiceDeps, { workspace, mapping }: MappingKey) {
  return deps.nextRunAt(workspace, mapping);
}
