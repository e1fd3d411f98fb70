import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeEntry } from "../../engine/codes.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { isThere } from "../../engine/config/is-there.ts";
import { projectFileDefault } from "../../engine/config/load-project.ts";
import { projectKey } from "../settings/data-folder.ts";
import type { ServiceSettings } from "../settings/settings.ts";

/** What one installation is meant for is hundreds. */
const workspacesMax = 2_000;

/** Where the files of a workspace are. */
export interface WorkspaceFolder {
  /** Tells it from the others, and stays the same while the folder is there. */
  readonly key: string;
  /** Absolute path of the folder of its syncctl.yaml. */
  readonly folder: string;
}

export interface FoundFolders {
  /** Null when nobody can tell: then those that are known stay. */
  readonly folders: readonly WorkspaceFolder[] | null;
  readonly trouble: readonly Diagnostic[];
}

/** The folder in which the folders of the companies stand; null where the project itself is served. */
export function companiesFolder({ workspaces }: ServiceSettings): string | null {
  switch (workspaces.kind) {
    case "project":
      return null;
    case "folder":
      return workspaces.folder;
    case "git":
      return join(workspaces.checkout, workspaces.folder);
  }
}

/** The folders that the service serves now. Those whose name begins with a dot are nobody's company. */
export async function findFolders(settings: ServiceSettings): Promise<FoundFolders> {
  const above = companiesFolder(settings);
  if (above === null) {
    return { folders: [{ key: projectKey, folder: settings.directory }], trouble: [] };
  }
  let names: readonly string[];
  try {
    names = (await readdir(above)).filter((name) => !name.startsWith(".")).sort();
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const message = `The folder ${above} cannot be read (${reason}).`;
    return { folders: null, trouble: [withoutPlace("workspaces-unreadable", message)] };
  }
  const found = await Promise.all(
    names.map(async (key) => {
      const folder = join(above, key);
      return (await isThere(join(folder, projectFileDefault))) ? [{ key, folder }] : [];
    }),
  );
  const folders = found.flat();
  if (folders.length === 0) {
    const message = `No folder in ${above} has a ${projectFileDefault}.`;
    return { folders, trouble: [withoutPlace("workspaces-missing", message)] };
  }
  if (folders.length > workspacesMax) {
    const message = `${above} holds ${folders.length} workspaces; the limit is ${workspacesMax}.`;
    return { folders: null, trouble: [withoutPlace("workspaces-too-many", message)] };
  }
  return { folders, trouble: [] };
}

/** What the folder is called, for people and where the files name nothing. */
export function folderName({ folder }: WorkspaceFolder): string {
  return basename(folder);
}

export function withoutPlace(code: Diagnostic["code"], message: string): Diagnostic {
  return { code, severity: "error", message, help: codeEntry(code).remedy };
}
