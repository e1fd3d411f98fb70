import { basename } from "node:path";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { ServiceSettings } from "../settings/settings.ts";
import { companiesFolder, folderName } from "./find-folders.ts";
import { makeshiftName } from "./names.ts";
import type { Placed } from "./settle.ts";
import type { Workspace } from "./workspace.ts";

export interface Shown {
  /** In the order of their names. */
  readonly workspaces: readonly Workspace[];
  /** By the key of the folder. */
  readonly names: ReadonlyMap<string, string>;
}

/** What is everybody's. */
export interface Trouble {
  readonly trouble: readonly Diagnostic[];
  /** When the service began to look. */
  readonly since: Date;
}

/** The folders as the rest of the service sees them. */
export function shownWorkspaces(
  placed: readonly Placed[],
  settings: ServiceSettings,
  { trouble, since }: Trouble,
): Shown {
  if (placed.length === 0 && trouble.length > 0) {
    return { workspaces: [nobody(settings, trouble, since)], names: new Map() };
  }
  const names = new Map<string, string>();
  for (const { place, name } of placed) if (name !== null) names.set(place.key, name);
  for (const { place, name } of placed) {
    if (name !== null) continue;
    const isAlone = settings.workspaces.kind === "project";
    const taken = new Set(names.values());
    names.set(place.key, isAlone ? "" : makeshiftName(folderName(place), taken));
  }
  const workspaces = placed.map((one) => shownOf(one, names.get(one.place.key) ?? "", trouble));
  return { workspaces: workspaces.sort(byName), names };
}

function shownOf(
  { place, good, diagnostics, isWritable, at }: Placed,
  name: string,
  trouble: readonly Diagnostic[],
): Workspace {
  const named = good ? good.name : "";
  return {
    name,
    title: good?.project.title ?? (named === "" ? folderName(place) : named),
    folder: place.folder,
    project: good?.project ?? null,
    loadedAt: good?.loadedAt ?? at,
    ...(good?.commit !== undefined && { commit: good.commit }),
    broken: [...diagnostics, ...trouble],
    isWritable,
  };
}

/** Where there is no workspace, somebody has to tell why: it stands in the place of all. */
function nobody(settings: ServiceSettings, trouble: readonly Diagnostic[], since: Date): Workspace {
  const folder = companiesFolder(settings) ?? settings.directory;
  return {
    name: "",
    title: basename(folder),
    folder,
    project: null,
    loadedAt: since,
    broken: trouble,
    isWritable: false,
  };
}

function byName(one: Workspace, other: Workspace): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

export function isSameWorkspace(one: Workspace, other: Workspace): boolean {
  const facts = ({ project, loadedAt, ...rest }: Workspace) =>
    JSON.stringify([loadedAt.getTime(), rest]);
  return one.project === other.project && facts(one) === facts(other);
}
