import { resolve } from "node:path";
import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, entriesOf, itemsOf, type Node, textOf } from "../config/node.ts";
import { placeText } from "../config/place.ts";
import { parseYaml, readYaml, type YamlResult } from "../config/read-yaml.ts";
import { compileSchema, type Validator } from "../config/validate.ts";
import { quote } from "../config/wording.ts";
import type { NamedPlace } from "../expression/analysis.ts";
import { casesMax } from "./limits.ts";
import { mappingTestSchema } from "./test-schema.ts";

export type Env = Readonly<Record<string, string>>;

/** A test file of the right shape. What its cases name is looked at once the mapping is there. */
export interface TestFile {
  /** Path relative to the project. */
  readonly file: string;
  readonly mapping: NamedPlace;
  readonly root: Node;
  /** Environment variables for all its cases. */
  readonly env: Env;
  readonly cases: readonly CaseNode[];
}

export interface CaseNode {
  readonly name: string;
  readonly node: Node;
  /** Those of the file included. */
  readonly env: Env;
}

export interface TestFileReading {
  /** Absent when the file cannot be read as a test. */
  readonly test?: TestFile;
  readonly diagnostics: readonly Diagnostic[];
}

export type TestFileReader = (file: string) => Promise<TestFileReading>;

/** Reads test files of a folder; the schema is compiled once. */
export function testFileReader(directory: string): TestFileReader {
  const validate = compileSchema(mappingTestSchema([]));
  return async (file) => readTree(await readYaml(resolve(directory, file), file), file, validate);
}

/** Reads a test file that is not written yet. */
export function readTestText(text: string, file: string): TestFileReading {
  return readTree(parseYaml(text, file), file, compileSchema(mappingTestSchema([])));
}

function readTree(
  { root: tree, diagnostics: earlier }: YamlResult,
  file: string,
  validate: Validator,
): TestFileReading {
  if (!tree) return { diagnostics: earlier };
  const { root, diagnostics: wrong } = validate(tree);
  const mapping = childOf(root, "mapping");
  const env = envOf(root);
  const cases = itemsOf(childOf(root, "cases")).map((node) => ({
    name: textOf(childOf(node, "name")) ?? "",
    node,
    env: { ...env, ...envOf(node) },
  }));
  const diagnostics = [...earlier, ...wrong, ...tooMany(root, cases), ...namesTaken(cases)];
  if (diagnostics.length > 0 || !mapping) return { diagnostics };
  const named = { name: textOf(mapping) ?? "", at: mapping.at };
  return { test: { file, mapping: named, root, env, cases }, diagnostics };
}

function envOf(node: Node): Env {
  const entries = entriesOf(childOf(node, "env"));
  return Object.fromEntries(entries.map(({ key, value }) => [key, textOf(value) ?? ""]));
}

function tooMany(root: Node, cases: readonly CaseNode[]): readonly Diagnostic[] {
  if (cases.length <= casesMax) return [];
  const message = `The file has ${cases.length} cases; the limit is ${casesMax}.`;
  return [errorAt("case-too-large", childOf(root, "cases")?.at ?? root.at, message)];
}

/** A failure is found by the name of its case. */
function namesTaken(cases: readonly CaseNode[]): readonly Diagnostic[] {
  const first = new Map<string, CaseNode>();
  return cases.flatMap((one) => {
    const before = first.get(one.name);
    first.set(one.name, before ?? one);
    if (!before || one.name === "") return [];
    const message = `The case at ${placeText(before.node.at)} is called ${quote(one.name)}, too.`;
    return [errorAt("case-name-taken", one.node.at, message)];
  });
}
