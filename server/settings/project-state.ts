import { basename, join } from "node:path";
import { connectors } from "../../connectors/registry.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { readDotenv } from "../../engine/config/dotenv.ts";
import type { EnvironmentValues } from "../../engine/config/environment-values.ts";
import { loadProject, projectFileDefault } from "../../engine/config/load-project.ts";
import { childOf, scalarOf } from "../../engine/config/node.ts";
import { readProjectFile } from "../../engine/config/read-project-file.ts";
import { secretsOf } from "../../engine/config/secrets.ts";
import { checkState, stateLocation } from "../../engine/config/state-location.ts";
import { copyOf } from "../workspaces/last-good.ts";
import { projectDataFolder, projectKey } from "./data-folder.ts";

type Env = Readonly<Record<string, string | undefined>>;

export type ProjectState =
  | { readonly ok: true; readonly state: string; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Where the project of a folder keeps its state. A project that is broken still has one, and the service starts with its
 * last good configuration; only when nothing says where the state is, it cannot.
 */
export async function projectState(directory: string, env: Env): Promise<ProjectState> {
  const loaded = await loadProject({ directory, env, connectors });
  if (loaded.ok) {
    const { state, secrets } = loaded.project;
    return { ok: true, state, secrets };
  }
  const dotenv = await readDotenv(directory);
  const values = { ...dotenv.values, ...env };
  const copy = await copyOf(join(projectDataFolder(directory), "last-good"), projectKey);
  const folders = [directory, ...(copy ? [copy.directory] : [])];
  for (const folder of folders) {
    const told = await stateIn(join(folder, projectFileDefault), directory, values);
    if (told) return { ok: true, ...told };
  }
  return loaded;
}

/** What the file says of its state, as far as it can be read. */
async function stateIn(
  path: string,
  directory: string,
  values: Env,
): Promise<{ readonly state: string; readonly secrets: readonly string[] } | undefined> {
  const variables: EnvironmentValues = { values, used: new Set() };
  const file = basename(path);
  const read = await readProjectFile({ path, file, environment: undefined, variables, connectors });
  const state = childOf(read.root, "state");
  const scalar = scalarOf(state);
  const written = typeof scalar?.value === "string" ? scalar.value : undefined;
  // A state that cannot be told is not the default one: links would be looked for in the wrong place.
  if (!read.readable || (state && written === undefined) || checkState(scalar).length > 0) {
    return undefined;
  }
  const words = new Set<string>();
  const secrets = secretsOf({ fromEnvironment: variables.used, auth: [], state: written, words });
  return { state: stateLocation(written, directory), secrets };
}
