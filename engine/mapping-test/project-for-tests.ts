import { basename, dirname, posix, resolve } from "node:path";
import { readDotenv } from "../config/dotenv.ts";
import { substitute } from "../config/environment-values.ts";
import { filesOf } from "../config/find-files.ts";
import { type LoadOptions, loadProject } from "../config/load-project.ts";
import { childOf, entriesOf, itemsOf, type Node, textOf } from "../config/node.ts";
import { overlayEnvironment } from "../config/overlay.ts";
import type { ProjectResult } from "../config/project.ts";
import { readYaml } from "../config/read-yaml.ts";
import type { ConnectorDefinition } from "../connector/connector.ts";
import type { Env } from "./read-test-file.ts";

/*
 * A project as mapping tests need it. No connection is opened, so that what only concerns connections and the state need
 * not be there: a variable that is missing is given a text that stands for it, and keys of connections may hold
 * anything. Everything that decides what a mapping does is loaded as always.
 */

/** Can be no value of anybody's, so that it blackens no word of a message. */
const placeholder = "(not set in this environment)";

export interface TestProject {
  /** Absolute path of its folder. */
  readonly directory: string;
  /** Paths from there, in the order of their names. */
  readonly testFiles: readonly string[];
  /**
   * Loads the project with these variables in place of those that are set; each set of variables once. `otherwise`: for
   * variables that are not set at all.
   */
  load(env: Env, otherwise: Env): Promise<ProjectResult>;
}

export async function testProject(options: LoadOptions): Promise<TestProject> {
  const path = resolve(options.directory, options.file ?? "syncctl.yaml");
  const directory = dirname(path);
  // What is wrong with either file is told when the project is loaded.
  const { root } = await readYaml(path, basename(path));
  const { values } = await readDotenv(directory);
  const isSet = (name: string) => Boolean(options.env[name] ?? values[name]);
  const names = ["connections", "state", "environments"].flatMap((key) =>
    namesIn(childOf(root, key)),
  );
  const placeholders = names.map((name) => [name, placeholder] as const);
  const connectors = options.connectors.map(withAnyConfiguration);
  const loaded = new Map<string, Promise<ProjectResult>>();
  return {
    directory,
    testFiles: await findTestFiles(root, directory, options, values),
    load(env, otherwise) {
      const spare = [...placeholders, ...Object.entries(otherwise)].filter(
        ([name]) => !isSet(name),
      );
      const all = { ...options.env, ...Object.fromEntries(spare), ...env };
      const key = JSON.stringify(Object.entries(all).sort());
      const result = loaded.get(key) ?? loadProject({ ...options, connectors, env: all });
      loaded.set(key, result);
      return result;
    },
  };
}

function withAnyConfiguration(definition: ConnectorDefinition): ConnectorDefinition {
  const keys = Object.keys(definition.configuration.properties);
  const properties = Object.fromEntries(keys.map((key) => [key, {}]));
  return { ...definition, configuration: { properties, required: [] } };
}

/** Variables that have no default. */
function namesIn(node: Node | undefined): readonly string[] {
  if (node?.kind !== "scalar") {
    return [...itemsOf(node), ...entriesOf(node).map(({ value }) => value)].flatMap(namesIn);
  }
  if (typeof node.value !== "string") return [];
  const references = node.value.matchAll(/\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g);
  return [...references].flatMap(([, name]) => name ?? []);
}

/** Test files stand beside the mappings: in the folders in which the patterns look for them. */
async function findTestFiles(
  root: Node | undefined,
  directory: string,
  { environment, env }: LoadOptions,
  dotenv: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  if (!root) return [];
  const mappings = childOf(overlayEnvironment(root, environment).root, "mappings");
  const values = { ...dotenv, ...env };
  const patterns = itemsOf(mappings && substitute(mappings, { values, used: new Set() }).node);
  const folders = new Set(patterns.flatMap((pattern) => folderOf(textOf(pattern)) ?? []));
  const found = await Promise.all(
    [...folders].map((folder) =>
      filesOf(posix.join(folder, "*.test.{yaml,yml}"), { directory, except: new Set() }),
    ),
  );
  return [...new Set(found.flat())].sort();
}

function folderOf(pattern: string | undefined): string | undefined {
  if (pattern === undefined || pattern === "") return undefined;
  return pattern.endsWith("**") ? pattern : posix.dirname(pattern);
}
