import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { State } from "../../engine/state/state.ts";
import { contents } from "../conformance/store-samples.ts";
import { type CliResult, emptyFolder, syncctl } from "../support/cli-run.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";
import { fill } from "../support/state-copies.ts";

/* `syncctl state export` and `syncctl state import`, as people run them. */

let filled: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  [filled, empty] = await Promise.all([createDatabase(), createDatabase()]);
  const state = await opened(filled.url);
  await fill(state);
  await state.close();
});

afterAll(async () => {
  await Promise.all([filled.drop(), empty.drop()]);
});

async function opened(state: string): Promise<State> {
  const process = { pid: 1, host: "test", command: "test" };
  const result = await openState({ state, clock: systemClock, process });
  if (!result.ok) throw new Error(result.message);
  return result.state;
}

/** A folder with a service that keeps its state there. */
function serviceFolder(state: string): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "workspaces"));
  const settings = `version: 1\nstate: ${state}\nworkspaces: { folder: workspaces }\n`;
  writeFileSync(join(folder, "service.yaml"), settings);
  return folder;
}

function run(words: string, folder: string): Promise<CliResult> {
  return syncctl(words.split(" "), { cwd: folder });
}

test("the state of a service is copied into a file of its owner alone, and brought in elsewhere", async () => {
  const folder = serviceFolder(filled.url);
  const exported = await run("state export copy.gz", folder);
  expect(exported).toEqual({
    code: 0,
    err: "",
    out: "2 workspaces: 4 links, 2 changes in doubt, 6 runs, 1 run request and 1 token. Written to copy.gz.\n",
  });
  const file = join(folder, "copy.gz");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).toSorted()).toEqual(["copy.gz", "service.yaml", "workspaces"]);
  expect(gunzipSync(readFileSync(file)).toString()).not.toContain("session-hash-1");

  const again = await run("state export copy.gz", folder);
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining("error file-exists:") });

  const other = serviceFolder(empty.url);
  const imported = await run(`state import ${file} --json`, other);
  expect(JSON.parse(imported.out)).toMatchObject({
    workspaces: ["", "harbour"],
    rows: { links: 4 },
  });
  const state = await opened(empty.url);
  expect((await contents(state.workspace("harbour"))).links).toHaveLength(2);
  await state.close();

  const twice = await run(`state import ${file}`, other);
  expect(twice).toMatchObject({ code: 1, err: expect.stringContaining("error state-not-empty:") });
});

test("one workspace of a server becomes that of a project in a folder, without a name", async () => {
  const file = join(emptyFolder(), "harbour.gz");
  const exported = await run(`state export ${file} -w harbour`, serviceFolder(filled.url));
  expect(exported.out).toContain(
    "1 workspace: 2 links, 1 change in doubt, 3 runs and 1 run request.",
  );
  const folder = serviceFolder(".syncctl/state");
  const imported = await run(`state import ${file} --as -`, folder);
  expect(imported).toMatchObject({ code: 0, err: "" });
  expect(imported.out).toContain("Brought in from");
  expect(imported.out).toContain("syncctl link");
  const state = await opened(join(folder, ".syncctl/state"));
  expect((await contents(state.workspace(""))).links).toHaveLength(2);
  await state.close();
});

test("a file that is none, is cut off or is not there is refused with what to do", async () => {
  const folder = serviceFolder(filled.url);
  const place = (name: string) => join(folder, name);
  await run("state export whole.gz", folder);
  const whole = readFileSync(place("whole.gz"));
  writeFileSync(place("cut.gz"), whole);
  truncateSync(place("cut.gz"), whole.length - 100);
  const lines = gunzipSync(whole).toString().split("\n");
  writeFileSync(place("ended.gz"), gzipSync(`${lines.slice(0, -2).join("\n")}\n`));
  writeFileSync(place("open.gz"), gzipSync(lines.slice(0, -1).join("\n")));
  writeFileSync(place("other.gz"), "a photograph");
  const refusals = {
    "cut.gz": "state-file-damaged",
    "ended.gz": "state-file-damaged",
    "open.gz": "state-file-damaged",
    "other.gz": "state-file-foreign",
    "nowhere.gz": "state-file-unreadable",
  };
  for (const [name, code] of Object.entries(refusals)) {
    const { err, ...result } = await run(`state import ${name}`, folder);
    expect({ name, err, ...result }).toMatchObject({
      name,
      code: 1,
      out: "",
      err: expect.stringContaining(`error ${code}: `),
    });
    expect(err).toContain("help: ");
  }
});

test("what cannot be written leaves nothing behind", async () => {
  const folder = serviceFolder(filled.url);
  const missing = await run("state export nowhere/copy.gz", folder);
  expect(missing.err).toContain("error file-unwritable: ");
  const unknown = await run("state export copy.gz --workspace quarry --json", folder);
  expect(JSON.parse(unknown.out)).toMatchObject({
    error: { code: "state-workspace-empty", message: expect.stringContaining("-, harbour") },
  });
  const malformed = await run("state import copy.gz --as a.b", folder);
  expect(malformed.err).toContain("error workspace-malformed: ");
  expect(readdirSync(folder).toSorted()).toEqual(["service.yaml", "workspaces"]);
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

test("settings that are wrong are told", async () => {
  const folder = serviceFolder("mysql://db");
  const { code, err } = await run("state export copy.gz", folder);
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("service.yaml:2") });
});
