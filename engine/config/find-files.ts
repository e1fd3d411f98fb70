import { glob, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { Code } from "../codes.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadWatch } from "./load-watch.ts";
import { type Node, type ScalarNode, scalarOf } from "./node.ts";
import { quote } from "./wording.ts";

/** A company has some ten mappings, and as many links files; a pattern that finds hundreds of files has gone astray. */
export const patternFilesMax = 200;

export interface FindOptions {
  readonly directory: string;
  /** Absolute paths of files that are something else, even where a pattern finds them. */
  readonly except: ReadonlySet<string>;
  /** What to say of a pattern that finds nothing, and of one that finds too much. */
  readonly codes: { readonly empty: Code; readonly wide: Code };
  readonly watch?: LoadWatch | undefined;
}

export interface FoundFiles {
  /** Paths from the project's folder, with `/`, each once, in the order of their names. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that patterns of `syncctl.yaml` find. */
export async function findFiles(
  patterns: readonly Node[],
  options: FindOptions,
): Promise<FoundFiles> {
  const files = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    const scalar = scalarOf(pattern);
    if (typeof scalar?.value !== "string" || scalar.value === "") continue;
    const found = await filesOf(scalar.value, options);
    const problem = patternProblem(scalar, found.length, options.codes);
    if (problem) diagnostics.push(problem);
    else for (const file of found) files.add(file);
  }
  return { files: [...files].sort(), diagnostics };
}

/** The files that one pattern finds; one more than may be found when there are too many. */
export async function filesOf(
  pattern: string,
  { directory, except, watch }: Pick<FindOptions, "directory" | "except" | "watch">,
): Promise<readonly string[]> {
  await watch?.pattern(pattern, directory);
  const files: string[] = [];
  for await (const match of glob(pattern, { cwd: directory })) {
    const path = resolve(directory, match);
    if (except.has(path) || (await isFolder(path))) continue;
    files.push(relative(directory, path).split(sep).join("/"));
    if (files.length > patternFilesMax) break;
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

function patternProblem(
  { value, at, variables }: ScalarNode,
  files: number,
  { empty, wide }: FindOptions["codes"],
): Diagnostic | null {
  const pattern = variables.length > 0 ? "The pattern" : quote(String(value));
  if (files === 0) return errorAt(empty, at, `${pattern} finds no file.`);
  if (files <= patternFilesMax) return null;
  return errorAt(wide, at, `${pattern} finds more than ${patternFilesMax} files.`);
}
