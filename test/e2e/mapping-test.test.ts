import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { usualSystems } from "../../cli/init/systems.ts";
import { newProjectFiles, writeFiles } from "../../cli/init/write-project.ts";
import {
  sampleCompany,
  startSandbox,
  writeSandboxProject,
} from "../../cli/sandbox/start-sandbox.ts";
import { emptyFolder, syncctl } from "../support/cli-run.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/* `syncctl test` as people and CI run it: in a new project without any credentials, and once against live systems. */

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let database: TestDatabase;

beforeAll(async () => {
  [sandbox, database] = await Promise.all([
    sampleCompany().then((data) => startSandbox(data)),
    createDatabase(),
  ]);
});

afterAll(async () => {
  await Promise.all([sandbox.close(), database.drop()]);
});

async function newProject(): Promise<{
  readonly folder: string;
  readonly run: (...args: readonly string[]) => ReturnType<typeof syncctl>;
  readonly edit: (file: string, from: string, to: string) => void;
}> {
  const folder = emptyFolder();
  await writeFiles(folder, await newProjectFiles(usualSystems));
  return {
    folder,
    run: (...args) => syncctl(["test", ...args], { cwd: folder }),
    edit(file, from, to) {
      const path = join(folder, file);
      const text = readFileSync(path, "utf8");
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
    },
  };
}

test("a new project has its tests, and they pass without credentials and leave nothing behind", async () => {
  const { folder, run } = await newProject();
  expect(existsSync(join(folder, "mappings/mapping-test.schema.json"))).toBe(true);
  const { code, out, err } = await run("--require-coverage");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^mappings\/people\.test\.yaml {2}\d+ cases {2}passed$/m);
  expect(out).toMatch(/^\d+ cases: \d+ passed\. Every rule, field and reaction is reached\.$/m);
  expect(existsSync(join(folder, ".syncctl"))).toBe(false);
});

test("a change of the mapping fails the cases that it concerns, with exit code 1 and no colours in a pipe", async () => {
  const { run, edit } = await newProject();
  edit("mappings/people.yaml", "      mobile_phone: phone\n", "");
  const [text, json] = await Promise.all([run(), run("every synced field of a user", "--json")]);
  expect(text.code).toBe(1);
  expect(text.out).toContain("failed every synced field of a user follows");
  expect(text.out).toContain('  -   mobile_phone  "(503) 555-0199"');
  expect(text.out).not.toContain("\u001b[");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    cases: [
      {
        file: "mappings/people.test.yaml",
        mapping: "people",
        status: "failed",
        failures: [{ kind: "different", differences: [{ what: "mobile_phone" }] }],
      },
    ],
  });
});

test("what no case reaches counts only where it is asked for", async () => {
  const { folder, run } = await newProject();
  rmSync(join(folder, "mappings/projects.test.yaml"));
  const [told, required, people] = await Promise.all([
    run(),
    run("--require-coverage"),
    run("--require-coverage", "--mapping", "people"),
  ]);
  expect(told.out).toContain("No case reaches:\n  projects/to-wfp  mappings/projects.yaml:");
  expect([told, required, people].map(({ code }) => code)).toEqual([0, 1, 0]);
});

test("words that name nothing, and a project without tests, say so", async () => {
  const { folder, run } = await newProject();
  const [unknown, mapping, name, record] = await Promise.all([
    run("no such case"),
    run("--mapping", "poeple"),
    run("--name", "x"),
    run("--record", "wfp/people/1"),
  ]);
  expect(unknown.err).toContain("error case-unknown: ");
  expect(mapping.err).toContain('Did you mean "people"?');
  expect(name.err).toContain("error command-unclear: ");
  expect(record.err).toContain("error command-unclear: ");
  for (const file of ["people", "projects"]) rmSync(join(folder, `mappings/${file}.test.yaml`));
  const none = await run("--json");
  expect(none.code).toBe(1);
  expect(JSON.parse(none.out).error).toMatchObject({ code: "tests-missing" });
});

test("a file that is wrong is shown with its line, and no case is run", async () => {
  const { run, edit } = await newProject();
  edit(
    "mappings/people.test.yaml",
    "rule: users, situation: gone }",
    "rule: usres, situation: gone }",
  );
  const { code, out, err } = await run();
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^mappings\/people\.test\.yaml:\d+:\d+: error rule-unknown: /);
  expect(err).toMatch(/\n {2}\d+ \| .*inStep: ana, rule: usres/);
  expect(err).toContain('help: Did you mean "users"?');
});

test("a case is recorded from live records, passes, and names nobody", async () => {
  const folder = emptyFolder();
  await writeSandboxProject(folder, sandbox.urls);
  const file = join(folder, "syncctl.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^state: .*/m, `state: ${database.url}`));
  const run = (...args: readonly string[]) => syncctl(["test", ...args], { cwd: folder });
  const name = "one letter of the last name differs";
  const made = await run("--record", "wfp/people/5e1f0009", "--name", name);
  expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: "" });
  expect(made.out).toContain(`Written to mappings/people.test.yaml: ${name}\n`);
  expect(made.out).toContain("  hold person-1 by users (disagrees)\n");
  const text = readFileSync(join(folder, "mappings/people.test.yaml"), "utf8");
  const added = text.slice(text.indexOf(name));
  for (const real of ["Petra", "Lund", "5e1f0009", "120309", "1009", "Controller", "555-0109"]) {
    expect(added).not.toContain(real);
  }
  const [passed, again, unreadable, unclear] = await Promise.all([
    run(name),
    run("--record", "wfp/people/5e1f0009", "--name", name, "--json"),
    run("--record", "wfp", "--name", "x"),
    run("--record", "wfp/groups/1", "--name", "x"),
  ]);
  expect(passed.out).toContain("1 case: 1 passed.");
  expect(JSON.parse(again.out).error).toMatchObject({ code: "case-name-taken" });
  expect(unreadable.err).toContain("error address-unreadable: ");
  expect(unclear.err).toContain("error recording-unclear: ");
});
