import { join, relative } from "node:path";
import { errorAt } from "../../engine/config/diagnose.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { dotenvFile, readDotenv, readVariables } from "../../engine/config/dotenv.ts";
import { loadProject, projectFileDefault } from "../../engine/config/load-project.ts";
import type { LoadWatch } from "../../engine/config/load-watch.ts";
import type { VariableOverrides } from "../../engine/config/override-variables.ts";
import type { Project } from "../../engine/config/project.ts";
import { quote } from "../../engine/config/wording.ts";
import type { ConnectorDefinition } from "../../engine/connector/connector.ts";
import { canonicalJson } from "../../engine/value/canonical-json.ts";
import type { ServiceSettings } from "../settings/settings.ts";
import { folderName, type WorkspaceFolder } from "./find-folders.ts";
import { topOf } from "./git-commits.ts";
import { copyOf } from "./last-good.ts";
import { isWorkspaceName } from "./names.ts";
import { type Stamps, watcher } from "./stamps.ts";

type Env = Readonly<Record<string, string | undefined>>;

export interface LoadContext {
  readonly settings: ServiceSettings;
  readonly connectors: readonly ConnectorDefinition[];
  /** Of the process. */
  readonly env: Env;
  /** Where the copies of good configurations are. */
  readonly lastGood: string;
}

/** Values of variables that people have set, by the name of the workspace. */
export type OverridesOf = (workspace: string) => VariableOverrides;

/** What came of reading the newest files. */
export interface Attempt {
  /** Null when they are broken. */
  readonly project: Project | null;
  /** The name that they ask for; null when they are broken. */
  readonly wanted: string | null;
  readonly diagnostics: readonly Diagnostic[];
  /** How everything looked that was looked at. */
  readonly stamps: Stamps;
  /** Absolute paths of what was read, without files that hold credentials. */
  readonly files: readonly string[];
  /** The git checkout that the folder stands in. */
  readonly top: string | null;
}

/** `guess`: the name that it probably has, whose variables are tried first. */
export async function loadWorkspace(
  place: WorkspaceFolder,
  context: LoadContext,
  options: { readonly guess: string; readonly overridesOf: OverridesOf },
): Promise<Attempt> {
  const { guess, overridesOf } = options;
  const first = await attempt(place, context, overridesOf(guess));
  const { wanted } = first;
  if (wanted === null || isSame(overridesOf(wanted), overridesOf(guess))) return first;
  return attempt(place, context, overridesOf(wanted));
}

export function isSame(one: VariableOverrides, other: VariableOverrides): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

async function attempt(
  place: WorkspaceFolder,
  context: LoadContext,
  variables: VariableOverrides,
): Promise<Attempt> {
  const { folder } = place;
  const watch = watcher();
  const environment = await environmentOf(place, context, watch);
  const { env, secretsFile } = environment;
  const { connectors } = context;
  const loaded = await loadProject({ directory: folder, env, connectors, variables, watch });
  const hidden = [join(folder, dotenvFile), secretsFile];
  const about = {
    stamps: watch.stamps,
    files: watch.files().filter((file) => !hidden.includes(file)),
    top: await topOf(folder),
  };
  const found = loaded.ok
    ? [...environment.diagnostics, ...nameTrouble(place, loaded.project, context)]
    : [...environment.diagnostics, ...loaded.diagnostics];
  if (!loaded.ok || found.length > 0) {
    return { ...about, project: null, wanted: null, diagnostics: found };
  }
  const { project } = loaded;
  return { ...about, project, wanted: nameOf(place, project, context), diagnostics: [] };
}

/** Its own, or that of the folder; the project that is served alone needs none. */
function nameOf(place: WorkspaceFolder, project: Project, { settings }: LoadContext): string {
  const isAlone = settings.workspaces.kind === "project";
  return project.workspace === "" && !isAlone ? folderName(place) : project.workspace;
}

function nameTrouble(
  place: WorkspaceFolder,
  project: Project,
  context: LoadContext,
): readonly Diagnostic[] {
  const name = nameOf(place, project, context);
  if (name === "" || isWorkspaceName(name)) return [];
  const message = `The folder ${quote(name)} cannot be the name of a workspace.`;
  const help = `Name the folder otherwise, or write \`workspace\` into its ${projectFileDefault}.`;
  const at = { file: projectFileDefault, line: 1, column: 1 };
  return [errorAt("workspace-malformed", at, message, help)];
}

interface Environment {
  readonly env: Env;
  readonly secretsFile?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Where the values of `${NAME}` come from, beside its own `.env`. One of many companies sees nothing of the process's
 * environment, in which the credentials of others may stand. The file of credentials has the name of the folder, which
 * nothing within the folder can change.
 */
async function environmentOf(
  place: WorkspaceFolder,
  { settings, env }: LoadContext,
  watch?: LoadWatch,
): Promise<Environment> {
  const { workspaces, directory } = settings;
  if (workspaces.kind === "project") return { env, diagnostics: [] };
  if (workspaces.secrets === undefined) return { env: {}, diagnostics: [] };
  const secretsFile = join(workspaces.secrets, `${folderName(place)}.env`);
  const read = await readVariables(secretsFile, relative(directory, secretsFile), watch);
  return { env: read.values, secretsFile, diagnostics: read.diagnostics };
}

/** A configuration that was right, with where and when it was. */
export interface Good {
  readonly project: Project;
  readonly name: string;
  readonly loadedAt: Date;
  readonly commit?: string;
}

/**
 * The configuration that was right last, from its copy; null when there is none, or its variables are not set any more.
 * Credentials and variables that people set are those of now.
 */
export async function restoreGood(
  place: WorkspaceFolder,
  context: LoadContext,
  overridesOf: OverridesOf,
): Promise<Good | null> {
  const copy = await copyOf(context.lastGood, place.key);
  if (!copy) return null;
  const { directory, workspace: name, ...about } = copy;
  const [own, given] = await Promise.all([readDotenv(place.folder), environmentOf(place, context)]);
  const result = await loadProject({
    directory,
    home: place.folder,
    env: { ...own.values, ...given.env },
    connectors: context.connectors,
    variables: overridesOf(name),
  });
  if (!result.ok) return null;
  return {
    project: { ...result.project, workspace: name },
    name,
    loadedAt: about.loadedAt,
    ...(about.commit !== undefined && { commit: about.commit }),
  };
}
