import { glob, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { MappingDraft } from "../mapping/draft.ts";
import { mappingSchema } from "../mapping/mapping-schema.ts";
import { readMapping } from "../mapping/read-mapping.ts";
import type { ConnectionDraft } from "./connections.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type EnvironmentValues, substitute } from "./environment-values.ts";
import { childOf, itemsOf, type Node, type ScalarNode, scalarOf } from "./node.ts";
import { readYaml } from "./read-yaml.ts";
import { compileSchema, type Validator } from "./validate.ts";
import { quote } from "./wording.ts";

/** A company has some ten mappings; a pattern that finds hundreds of files has gone astray. */
const mappingFilesMax = 200;

export interface MappingsOptions {
  /** The tree of `syncctl.yaml`. */
  readonly root: Node;
  readonly directory: string;
  readonly connections: readonly ConnectionDraft[];
  readonly variables: EnvironmentValues;
}

export interface LoadedMappings {
  /** In the order of their files' names. */
  readonly drafts: readonly MappingDraft[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every mapping that the patterns of `syncctl.yaml` find. */
export async function loadMappings(options: MappingsOptions): Promise<LoadedMappings> {
  const { root, directory } = options;
  const patterns = itemsOf(childOf(root, "mappings"));
  const found = await findFiles(patterns, directory, resolve(directory, root.at.file));
  // Suggestions for editors decide nothing, and leaving them out compiles ten times faster.
  const validate = compileSchema(mappingSchema([]));
  const loaded: LoadedMappings[] = [];
  for (const file of found.files) loaded.push(await loadMapping(file, validate, options));
  return {
    drafts: loaded.flatMap(({ drafts }) => drafts),
    diagnostics: [...found.diagnostics, ...loaded.flatMap(({ diagnostics }) => diagnostics)],
  };
}

async function loadMapping(
  file: string,
  validate: Validator,
  { directory, connections, variables }: MappingsOptions,
): Promise<LoadedMappings> {
  const read = await readYaml(resolve(directory, file), file);
  if (!read.root) return { drafts: [], diagnostics: read.diagnostics };
  const substituted = substitute(read.root, variables);
  const validated = validate(substituted.node);
  const mapping = readMapping(validated.root, { file, connections });
  return {
    drafts: [mapping.draft],
    diagnostics: [
      ...read.diagnostics,
      ...substituted.diagnostics,
      ...validated.diagnostics,
      ...mapping.diagnostics,
    ],
  };
}

interface FoundFiles {
  /** Paths from the project's folder, with `/`, each once. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

async function findFiles(
  patterns: readonly Node[],
  directory: string,
  except: string,
): Promise<FoundFiles> {
  const files = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    const scalar = scalarOf(pattern);
    if (typeof scalar?.value !== "string" || scalar.value === "") continue;
    const found = await filesOf(scalar.value, directory, except);
    const problem = patternProblem(scalar, found.length);
    if (problem) diagnostics.push(problem);
    else for (const file of found) files.add(file);
  }
  return { files: [...files].sort(), diagnostics };
}

/** The project's own file is no mapping, even where the pattern finds it. */
async function filesOf(
  pattern: string,
  directory: string,
  except: string,
): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const match of glob(pattern, { cwd: directory })) {
    const path = resolve(directory, match);
    if (path === except || (await isFolder(path))) continue;
    files.push(relative(directory, path).split(sep).join("/"));
    if (files.length > mappingFilesMax) break;
  }
  return files;
}

/** What cannot be looked at counts as a file; reading it says what is the matter. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function patternProblem({ value, at, variables }: ScalarNode, files: number): Diagnostic | null {
  const pattern = variables.length > 0 ? "The pattern" : quote(String(value));
  if (files === 0) return errorAt("mapping-pattern-empty", at, `${pattern} finds no file.`);
  if (files <= mappingFilesMax) return null;
  const message = `${pattern} finds more than ${mappingFilesMax} files.`;
  return errorAt("mapping-pattern-wide", at, message);
}
