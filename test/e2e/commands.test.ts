import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sealPlan } from "../../engine/plan/build-plan.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import {
  emptyFolder,
  exampleEnvironment,
  launcher,
  runProcess,
  syncctl,
} from "../support/cli-run.ts";
import { aCreate, aHeld, aPlan } from "../support/plans.ts";
import { createDatabase } from "../support/postgres.ts";
import { filesBelow } from "../support/source-tree.ts";

/** As files: the index of a topic is the topic itself. */
const commandNames = filesBelow("cli/commands").map(({ path }) =>
  path.replace(/^cli\/commands\/|\.ts$/g, "").replace("/", " "),
);

async function newProject(): Promise<string> {
  const folder = emptyFolder();
  await syncctl(["init", folder]);
  return folder;
}

/** The plan as `plan --out` saves it. */
function savedPlan(parts: Partial<Plan> = {}): string {
  const { format: _f, id: _i, digest: _d, header, ...body } = aPlan(parts);
  const file = join(emptyFolder(), "plan.json");
  writeFileSync(file, JSON.stringify(sealPlan(header, body)));
  return file;
}

test("help names every command", async () => {
  const { out, err, code } = await syncctl(["--help"]);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  for (const name of commandNames.map((command) => command.split(" ")[0])) {
    expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  const page = await syncctl(["link", "add", "-h"]);
  expect(page.out).toContain("syncctl link add SOURCE [TARGET]");
});

test.each(commandNames)(
  "%s explains itself, its flags and its arguments, with examples",
  async (name) => {
    const path = `../../cli/commands/${name.replace(" ", "/")}.ts`;
    const { default: command } = await import(/* @vite-ignore */ path);
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const flag of Object.values<{ summary: string }>(command.flags ?? {})) {
      expect(flag.summary).toMatch(/^[A-Z].*\.$/);
    }
    for (const argument of Object.values<{ description: string }>(command.args ?? {})) {
      expect(argument.description).toMatch(/^[A-Z].*\.$/);
    }
  },
);

test("a wrong word gets the right one, a code, and no stack trace", async () => {
  const [command, flag, argument] = await Promise.all([
    syncctl(["plann"]),
    syncctl(["runs", "show", "x", "--fromat", "csv"]),
    syncctl(["show"]),
  ]);
  expect(command).toEqual({
    code: 1,
    out: "",
    err: 'error command-unclear: There is no command "plann".\n  help: Did you mean `syncctl plan`? See `syncctl --help`.\n',
  });
  expect(flag?.err).toContain("error command-unclear: Nonexistent flag: --fromat");
  expect(flag?.err).toContain("See `syncctl runs show --help`.");
  expect(argument?.err).toContain("Missing 1 required arg");
  for (const { err, code } of [command, flag, argument]) {
    expect(code).toBe(1);
    expect(err).not.toMatch(/^\s+at /m);
  }
});

test("what nobody expected is said without a stack, which is there for the asking", async () => {
  const file = savedPlan();
  // A fault in the middle of a command: the runtime itself is broken.
  const broken = "--import=data:text/javascript,Intl.DateTimeFormat=null";
  const plain = await syncctl(["show", file], { env: { NODE_OPTIONS: broken } });
  expect(plain.code).toBe(1);
  expect(plain.err).toMatch(/^error internal-fault: TypeError: .*\n {2}help: .*SYNCCTL_DEBUG=1/);
  expect(plain.err).not.toMatch(/^\s+at /m);
  const env = { NODE_OPTIONS: broken, SYNCCTL_DEBUG: "1" };
  expect((await syncctl(["show", file], { env })).err).toMatch(/^\s+at timeText/m);
});

test("with --json, trouble is JSON too", async () => {
  const { out, err, code } = await syncctl(["show", "/nowhere/plan.json", "--json"]);
  expect({ err, code }).toEqual({ err: "", code: 1 });
  expect(JSON.parse(out).error).toMatchObject({ code: "plan-unreadable" });
});

test("init writes a project that is right once the environment is there", async () => {
  const folder = emptyFolder();
  const init = await syncctl(["init", "northridge"], { cwd: folder });
  expect(init.code).toBe(0);
  for (const path of [
    "syncctl.yaml",
    ".env.example",
    ".gitignore",
    "mappings/people.yaml",
    "mappings/mapping.schema.json",
    ".github/workflows/syncctl.yml",
  ]) {
    expect(init.out).toContain(`  ${path}\n`);
    expect(existsSync(join(folder, "northridge", path))).toBe(true);
  }
  expect(init.out).toContain("syncctl connections check -C northridge");
  const [without, with_] = await Promise.all([
    syncctl(["validate", "-C", "northridge"], { cwd: folder }),
    syncctl(["validate", "-C", "northridge"], { cwd: folder, env: exampleEnvironment }),
  ]);
  expect(without?.code).toBe(1);
  expect(without?.out.match(/environment-missing/g)).toHaveLength(7);
  expect(with_).toMatchObject({ code: 0, err: "" });
  expect(with_?.out).toContain("people/users  wfp/people -> procore/users");
});

test("the example environment of init names every variable of its syncctl.yaml", async () => {
  const folder = await newProject();
  const names = readFileSync(join(folder, "syncctl.yaml"), "utf8").matchAll(/\$\{([A-Z_]+)/g);
  const example = readFileSync(join(folder, ".env.example"), "utf8");
  for (const [, name] of names) {
    if (name !== "NAME") expect(example).toMatch(new RegExp(`^(# )?${name}=`, "m"));
  }
});

test("init overwrites nothing unless it is told to", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "syncctl.yaml"), "mine");
  writeFileSync(join(folder, ".gitignore"), "mine");
  const refused = await syncctl(["init"], { cwd: folder });
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(
    "error file-exists: syncctl.yaml is there already; nothing was written.",
  );
  expect(existsSync(join(folder, "mappings"))).toBe(false);
  expect((await syncctl(["init", "--force"], { cwd: folder })).code).toBe(0);
  expect(readFileSync(join(folder, "syncctl.yaml"), "utf8")).not.toBe("mine");
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("mine");
});

test("a folder that cannot be written is said to be so", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "file"), "");
  const { err, code } = await syncctl(["init", "file/below"], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toContain("error file-unwritable: The project cannot be written");
});

test("validate shows everything that is wrong, each at its place, and points at it", async () => {
  const folder = await newProject();
  const file = join(folder, "mappings/people.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text
      .replace("first_name: first_name", "first_nam: first_name")
      .replace("job_title: job_title", "job_title: $uppercas(job_title)"),
  );
  const { out, code } = await syncctl(["validate"], { cwd: folder, env: exampleEnvironment });
  expect(code).toBe(1);
  expect(out).toMatch(/^mappings\/people\.yaml:\d+:\d+: error [a-z-]+: .*first_nam/m);
  expect(out).toMatch(/^mappings\/people\.yaml:\d+:\d+: error [a-z-]+: .*uppercas/m);
  expect(out).toMatch(/\d+ \|\s+job_title: \$uppercas\(job_title\)\n\s+\|\s+\^/);
  expect(out).toMatch(/^\d+ errors/m);
});

test("validate as JSON holds the same", async () => {
  const folder = await newProject();
  const { out, code } = await syncctl(["validate", "--json"], { cwd: folder });
  const { ok, diagnostics } = JSON.parse(out);
  expect({ ok, code }).toEqual({ ok: false, code: 1 });
  expect(diagnostics[0]).toMatchObject({
    code: "environment-missing",
    at: { file: "syncctl.yaml", line: expect.any(Number), column: expect.any(Number) },
  });
});

test("a command that needs a project says what is wrong with it, on standard error", async () => {
  const empty = await syncctl(["plan"], { cwd: emptyFolder() });
  expect(empty).toMatchObject({ code: 1, out: "" });
  expect(empty.err).toContain("error project-missing: ");
  expect(empty.err).toContain("syncctl init");
});

test("a line that may hold a secret is not shown", async () => {
  const folder = await newProject();
  const file = join(folder, "syncctl.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/clientSecret: .*/, "clientSecret: [hush-hush]"));
  const { out, code } = await syncctl(["validate"], { cwd: folder, env: exampleEnvironment });
  expect(code).toBe(1);
  expect(out).toMatch(/syncctl\.yaml:22:\d+/);
  expect(out).not.toContain("hush-hush");
});

test("show prints a saved plan in four views, without a project", async () => {
  const file = savedPlan({ changes: [aCreate("1", "Ilse")], held: [aHeld("2", "Jonas Weber")] });
  const [text, json, markdown, html] = await Promise.all(
    [[], ["--json"], ["--markdown"], ["--html"]].map((flags) => syncctl(["show", file, ...flags])),
  );
  expect(text?.out).toContain("+ create Ilse");
  expect(text?.out).not.toContain("\u001b");
  expect(JSON.parse(json?.out ?? "")).toEqual(JSON.parse(readFileSync(file, "utf8")));
  expect(markdown?.out).toMatch(/^### Plan: 1 to create/);
  expect(html?.out).toMatch(/^<!doctype html>/);
});

test("colour comes only when it is asked for", async () => {
  const file = savedPlan({ changes: [aCreate("1", "Ilse")] });
  const [forced, not] = await Promise.all([
    syncctl(["show", file], { env: { FORCE_COLOR: "1" } }),
    syncctl(["show", file], { env: { NO_COLOR: "1" } }),
  ]);
  expect(forced?.out).toContain("\u001b[32m+");
  expect(not?.out).not.toContain("\u001b");
});

test.each([
  ["not JSON", "{"],
  ["something else", '{"a":1}'],
  ["an edited plan", (text: string) => text.replace("Ilse", "Else")],
  ["a later format", (text: string) => text.replace('"format":1', '"format":2')],
  ["null", "null"],
])("show and apply refuse %s", async (_, change) => {
  const file = savedPlan({ changes: [aCreate("1", "Ilse")] });
  writeFileSync(file, typeof change === "string" ? change : change(readFileSync(file, "utf8")));
  const { err, code } = await syncctl(["show", file]);
  expect(code).toBe(1);
  expect(err).toContain("error plan-unreadable: ");
});

test("a reader that leaves early, as head does, is no trouble", async () => {
  const changes = Array.from({ length: 20_000 }, (_, index) => aCreate(`${index}`, `P ${index}`));
  const file = savedPlan({ changes });
  const { out, err } = await runProcess("sh", ["-c", `"${launcher}" show "${file}" | head -n 1`]);
  expect(out).toMatch(/^Plan /);
  expect(err).toBe("");
});

test("a fresh state has no runs and no links", async () => {
  const folder = await newProject();
  const database = await createDatabase();
  const env = { ...exampleEnvironment, DATABASE_URL: database.url };
  const words = [
    "runs",
    "runs show nope",
    "link list --json",
    "link remove wfp/people/1",
    "link settle nothing",
  ];
  const results: string[] = [];
  for (const line of words) {
    const { out, err } = await syncctl(line.split(" "), { cwd: folder, env });
    results.push(out + err);
  }
  await database.drop();
  const [runs, run, links, remove, settle] = results;
  expect(runs).toBe("There are no runs yet.\n");
  expect(run).toContain("error run-unknown: ");
  expect(JSON.parse(links ?? "")).toEqual({ links: [], intents: [] });
  expect(remove).toContain("error link-unknown: ");
  expect(settle).toContain("error intent-unknown: ");
});

test("words that name nothing are refused before anything is read", async () => {
  const folder = await newProject();
  const options = { cwd: folder, env: exampleEnvironment };
  writeFileSync(join(folder, "pairs.csv"), "wfp/people/1,procore/users/1\n");
  const codes: readonly (readonly [code: string, args: readonly string[]])[] = [
    ["mapping-unknown", ["plan", "--mapping", "peopel"]],
    ["selector-unreadable", ["plan", "--only", "rubbish"]],
    ["guard-unknown", ["plan", "--allow", "people:too-many"]],
    ["plan-fixed", ["apply", "plan.json", "--only", "kind=create"]],
    ["connection-unknown", ["connections", "check", "nobody"]],
    ["address-unreadable", ["link", "add", "wfp", "procore/users/1", "--why", "x"]],
    ["rule-unclear", ["link", "add", "procore/users/1", "procore/contacts/1", "--why", "x"]],
    ["command-unclear", ["link", "add", "wfp/people/1", "--why", "x"]],
    [
      "links-file-unclear",
      ["link", "add", "wfp/people/1", "--ignore", "--why", "x", "--file", "x"],
    ],
    ["csv-unreadable", ["link", "import", "pairs.csv"]],
    ["links-file-unclear", ["link", "export", "--output", "x.yaml"]],
  ];
  for (const [code, args] of codes) {
    const result = await syncctl(args, options);
    expect(result.err).toContain(`error ${code}: `);
    expect(result.code).toBe(1);
  }
});

test("completion is written for the shell", async () => {
  const home = emptyFolder();
  const env = { HOME: home, SHELL: "/bin/bash", XDG_CACHE_HOME: home };
  const { out, code } = await syncctl(["autocomplete", "bash"], { env });
  expect(code).toBe(0);
  expect(out).toContain("syncctl autocomplete script bash");
  const script = await syncctl(["autocomplete", "script", "bash"], { env });
  expect(script.out).toContain("SYNCCTL_AC_BASH_SETUP_PATH");
});
