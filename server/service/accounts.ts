import type { Project } from "../../engine/config/project.ts";
import type { WorkspaceView } from "../service.ts";
import type { OpenWorkspace, ServiceDeps } from "./deps.ts";

type ConnectionViews = WorkspaceView["connections"];

/**
 * The accounts behind the connections of a workspace. Only connectors know what to call them; opening them asks nobody, and
 * is done once for each configuration.
 */
export function accountBook(deps: Pick<ServiceDeps, "openEngine">) {
  const known = new WeakMap<Project, ConnectionViews>();
  return async (workspace: OpenWorkspace): Promise<ConnectionViews> => {
    const { project } = workspace;
    const found = known.get(project);
    if (found) return found;
    const engine = deps.openEngine(workspace, () => {});
    try {
      const views = project.connections.map(({ name, connector }) => ({
        name,
        connector,
        account: engine.accounts.get(name)?.account ?? name,
      }));
      known.set(project, views);
      return views;
    } finally {
      await engine.close();
    }
  };
}

export type AccountBook = ReturnType<typeof accountBook>;
