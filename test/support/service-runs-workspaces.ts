import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Workspace, Workspaces } from "../../server/workspaces/workspace.ts";

/** Every folder in this one as a workspace, loaded once: files do not change while these tests run. */
export async function fixedWorkspaces(root: string): Promise<Workspaces> {
  const names = (await readdir(root)).sort();
  const loaded = new Map<string, Workspace>();
  for (const name of names) {
    const folder = join(root, name);
    const result = await loadProject({ directory: folder, env: {}, connectors });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    loaded.set(name, {
      ...{ name, title: name, folder, project: result.project, loadedAt: new Date() },
      ...{ broken: [], isWritable: false },
    });
  }
  return {
    all: () => [...loaded.values()],
    get: (name) => loaded.get(name),
    refresh: async () => {},
    onChange: () => () => {},
    close: async () => {},
  };
}
