import { errorAt, inOrder } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import type { LoadOptions } from "../config/load-project.ts";
import type { Project } from "../config/project.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { noteReached, type Reached, unreachedParts } from "./coverage.ts";
import { testFilesMax } from "./limits.ts";
import type { CaseResult, TestCase, Unreached } from "./mapping-test.ts";
import { type TestProject, testProject } from "./project-for-tests.ts";
import { readCase } from "./read-case.ts";
import { type CaseNode, type Env, type TestFile, testFileReader } from "./read-test-file.ts";
import { runCase } from "./run-case.ts";

export interface TestOptions extends LoadOptions {
  /** Only tests of these mappings. */
  readonly mappings?: readonly string[];
  /** Only cases with this text in their name, whatever its capitals. */
  readonly name?: string;
}

export type TestRun =
  /** Something is wrong with the files; no case was run. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: true;
      readonly project: Project;
      /** In the order of the files and of their cases. */
      readonly results: readonly CaseResult[];
      /** Absent where only some cases of a mapping were run. */
      readonly unreached?: readonly Unreached[];
    };

/** Runs the mapping tests of a project. Reads files, and nothing else. */
export async function runTests(options: TestOptions): Promise<TestRun> {
  const found = await testProject(options);
  if (found.testFiles.length > testFilesMax) return { ok: false, diagnostics: [tooManyFiles()] };
  const read = testFileReader(found.directory);
  const files = await Promise.all(found.testFiles.map(read));
  const tests = files.flatMap(({ test }) => test ?? []);
  // A mapping may need a variable that only its own tests give, while those of another mapping are run.
  const otherwise: Env = Object.assign({}, ...tests.map(({ env }) => env));
  const loaded = await found.load({}, otherwise);
  const wrong = files.flatMap(({ diagnostics }) => diagnostics);
  if (!loaded.ok || wrong.length > 0) {
    return {
      ok: false,
      diagnostics: inOrder([...(loaded.ok ? [] : loaded.diagnostics), ...wrong]),
    };
  }
  const { project } = loaded;
  const wanted = (mapping: string) => options.mappings?.includes(mapping) ?? true;
  const chosen = tests.filter(({ mapping }) => wanted(mapping.name));
  const ready = await readyCases(chosen, found, otherwise);
  if (!ready.ok) return ready;
  const name = options.name?.toLowerCase() ?? "";
  const { results, reached } = await runAll(
    ready.cases.filter(({ testCase }) => testCase.name.toLowerCase().includes(name)),
  );
  const ran = { ok: true, project, results } as const;
  if (name !== "") return ran;
  const parts = project.mappings
    .filter((mapping) => wanted(mapping.name))
    .map((mapping) =>
      unreachedParts(mapping, reached.get(mapping.name) ?? new Set(), project.directory),
    );
  return { ...ran, unreached: (await Promise.all(parts)).flat() };
}

function tooManyFiles(): Diagnostic {
  const message = `There are more than ${testFilesMax} test files.`;
  const help = "Put cases of one mapping together.";
  return { code: "case-too-large", severity: "error", message, help };
}

interface ReadyCase {
  readonly file: string;
  readonly testCase: TestCase;
  readonly project: Project;
  readonly mapping: Mapping;
}

type ReadyCases =
  | { readonly ok: true; readonly cases: readonly ReadyCase[] }
  | Extract<TestRun, { ok: false }>;

async function readyCases(
  tests: readonly TestFile[],
  found: TestProject,
  otherwise: Env,
): Promise<ReadyCases> {
  const cases: ReadyCase[] = [];
  const wrong: Diagnostic[] = [];
  for (const test of tests) {
    for (const one of test.cases) {
      const ready = await readyCase(test, one, found, otherwise);
      if (Array.isArray(ready)) wrong.push(...ready);
      else cases.push(ready);
    }
  }
  return wrong.length > 0 ? { ok: false, diagnostics: inOrder(wrong) } : { ok: true, cases };
}

/** A case with the project as its variables make it, or what is wrong with it. */
async function readyCase(
  test: TestFile,
  one: CaseNode,
  found: TestProject,
  otherwise: Env,
): Promise<ReadyCase | Diagnostic[]> {
  const loaded = await found.load(one.env, otherwise);
  if (!loaded.ok) return [...loaded.diagnostics];
  const { project } = loaded;
  const mapping = project.mappings.find(({ name }) => name === test.mapping.name);
  if (!mapping) return [mappingUnknown(test, project)];
  const { testCase, diagnostics } = readCase(test, one, mapping, project.mappings);
  return diagnostics.length > 0
    ? [...diagnostics]
    : { file: test.file, testCase, project, mapping };
}

function mappingUnknown({ mapping }: TestFile, project: Project): Diagnostic {
  const known = project.mappings.map(({ name }) => name);
  const message = `There is no mapping ${quote(mapping.name)}.`;
  const help = suggestion(mapping.name, known, "See `syncctl validate` for the names.");
  return errorAt("mapping-unknown", mapping.at, message, help);
}

async function runAll(cases: readonly ReadyCase[]): Promise<{
  readonly results: readonly CaseResult[];
  readonly reached: ReadonlyMap<string, Reached>;
}> {
  const results: CaseResult[] = [];
  const reached = new Map<string, Reached>();
  for (const { file, testCase, project, mapping } of cases) {
    const run = await runCase(testCase, { project, mapping });
    const { name, at } = testCase;
    results.push({ file, mapping: mapping.name, name, at, failures: run.failures });
    noteReached(reached, run);
  }
  return { results, reached };
}
