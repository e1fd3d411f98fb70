import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newProjectFiles, writeFiles } from "../../cli/init/write-project.ts";
import { connectors } from "../../connectors/registry.ts";
import type { Project } from "../../engine/config/project.ts";
import {
  defaultReactions,
  type FieldRule,
  type Mapping,
  type Reactions,
  type Rule,
} from "../../engine/mapping/mapping.ts";
import { testProject } from "../../engine/mapping-test/project-for-tests.ts";
import { readCase } from "../../engine/mapping-test/read-case.ts";
import { type TestFile, testFileReader } from "../../engine/mapping-test/read-test-file.ts";
import { runCase } from "../../engine/mapping-test/run-case.ts";
import { runTests } from "../../engine/mapping-test/run-tests.ts";
import { failedIn, shownRun } from "../support/mapping-tests.ts";

/*
 * The mappings that syncctl ships, with their own tests, in a new project as `syncctl init` writes it: without `.env`,
 * without a connection and without a state.
 */

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "syncctl-shipped-"));
  await writeFiles(directory, await newProjectFiles());
});

afterAll(() => rm(directory, { recursive: true, force: true }));

test("every case passes, and every rule, field and reaction is reached", async () => {
  const run = await runTests({ directory, env: {}, connectors });
  if (!run.ok) throw new Error(shownRun(run));
  expect(
    run.results.filter(({ failures }) => failures.length > 0),
    shownRun(run),
  ).toEqual([]);
  expect(run.unreached).toEqual([]);
  const tested = new Set(run.results.map(({ mapping }) => mapping));
  expect(run.project.mappings.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual(
    [],
  );
});

test("they say the same when the environment says otherwise", async () => {
  const env = { PROJECTS_SYSTEM_OF_RECORD: "wfp", WFP_COMPANY_ID: "a company of somebody's" };
  const run = await runTests({ directory, env, connectors });
  expect(failedIn(run)).toEqual([]);
});

/*
 * Cases are worth as much as they notice. Every small change of a mapping that a person could make by mistake must fail
 * some case: a line left out, a condition left out, a reaction forgotten.
 */
describe("no line of a mapping can be left out unnoticed", () => {
  test.each([
    ["people", 20],
    ["projects", 20],
    ["workers", 20],
    ["positions", 9],
    ["worker-contacts", 12],
    ["timesheets", 20],
  ])("%s", async (name, leastMutations) => {
    const found = await testProject({ directory, env: {}, connectors });
    const read = testFileReader(directory);
    const files = await Promise.all(found.testFiles.map(read));
    const tests = files.flatMap(({ test }) => (test?.mapping.name === name ? test : []));
    const whole = await mappingNamed(name, found);
    expect(await isNoticed(tests, (mapping) => mapping, found)).toBe(false);
    const mutations = mutationsOf(whole);
    expect(mutations.length).toBeGreaterThanOrEqual(leastMutations);
    const unnoticed: string[] = [];
    for (const { what, change } of mutations) {
      if (!(await isNoticed(tests, change, found))) unnoticed.push(what);
    }
    expect(unnoticed).toEqual([]);
  });
});

type Change = (rule: Rule) => Rule;

interface Mutation {
  readonly what: string;
  readonly change: (mapping: Mapping) => Mapping;
}

async function mappingNamed(
  name: string,
  found: Awaited<ReturnType<typeof testProject>>,
): Promise<Mapping> {
  const loaded = await found.load({}, {});
  const mapping = loaded.ok && loaded.project.mappings.find((one) => one.name === name);
  if (!mapping) throw new Error(`there is no mapping ${name}`);
  return mapping;
}

function mutationsOf({ rules }: Mapping): readonly Mutation[] {
  return rules.flatMap((rule) =>
    ruleMutations(rule).map(([what, change]) => ({
      what: `${rule.name} ${what}`,
      change: (mapping) => ({
        ...mapping,
        rules: mapping.rules.map((one) => (one.name === rule.name ? change(one) : one)),
      }),
    })),
  );
}

function ruleMutations(rule: Rule): readonly (readonly [string, Change])[] {
  const keys = (["enabled", "when", "createWhen", "linkWhen", "prefer"] as const).filter(
    (key) => rule[key] !== undefined,
  );
  const situations = (Object.keys(defaultReactions) as (keyof Reactions)[]).filter(
    (situation) => rule.on[situation] !== defaultReactions[situation],
  );
  return [
    ...keys.map((key): [string, Change] => [key, ({ [key]: _gone, ...rest }) => rest as Rule]),
    ...situations.map((situation): [string, Change] => [
      `on.${situation}`,
      (one) => ({ ...one, on: { ...one.on, [situation]: defaultReactions[situation] } }),
    ]),
    ...rule.agree.map((field): [string, Change] => [
      `agree ${field}`,
      (one) => ({ ...one, agree: one.agree.filter((name) => name !== field) }),
    ]),
    ...rule.match.map((_key, index): [string, Change] => [
      `match ${index}`,
      (one) => ({ ...one, match: one.match.toSpliced(index, 1) }),
    ]),
    ...(rule.whenReferenced
      ? [["whenReferenced", (one: Rule) => ({ ...one, whenReferenced: false })] as const]
      : []),
    ...rule.fields.flatMap(fieldMutations),
  ];
}

function fieldMutations({
  field,
  set,
  whenNull,
  required,
  drift,
}: FieldRule): readonly (readonly [string, Change])[] {
  const edit = (parts: Partial<FieldRule>): Change => {
    const edited = (one: FieldRule) => (one.field === field ? { ...one, ...parts } : one);
    return (one) => ({ ...one, fields: one.fields.map(edited) });
  };
  const gone: Change = (one) => ({
    ...one,
    fields: one.fields.filter((each) => each.field !== field),
  });
  return [
    [`field ${field}`, gone],
    ...(set === "always" ? [] : [[`set of ${field}`, edit({ set: "always" })] as const]),
    ...(whenNull === "clear"
      ? []
      : [[`whenNull of ${field}`, edit({ whenNull: "clear" })] as const]),
    ...(required ? [[`required of ${field}`, edit({ required: false })] as const] : []),
    ...(drift === "revert" ? [] : [[`drift of ${field}`, edit({ drift: "revert" })] as const]),
  ];
}

/** Whether some case fails, or cannot be made any more. */
async function isNoticed(
  tests: readonly TestFile[],
  change: Mutation["change"],
  found: Awaited<ReturnType<typeof testProject>>,
): Promise<boolean> {
  for (const testFile of tests) {
    for (const one of testFile.cases) {
      const loaded = await found.load(one.env, {});
      const project: Project | undefined = loaded.ok ? loaded.project : undefined;
      const mapping = project?.mappings.find(({ name }) => name === testFile.mapping.name);
      if (!project || !mapping) throw new Error("the shipped mappings cannot be loaded");
      const { testCase } = readCase(testFile, one, mapping, project.mappings);
      const run = await runCase(testCase, { project, mapping: change(mapping) });
      if (run.failures.length > 0) return true;
    }
  }
  return false;
}
