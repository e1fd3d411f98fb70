import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launcher, runProcess } from "../support/cli-run.ts";
import { code, coded, type Fence, readPage, tablesWith } from "../support/markdown.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/*
 * The commands that the documentation shows are run, in the order of the pages, against one sandbox. A comment above a
 * block says what is to be done with it:
 *
 * - `run`, `run: exit 2`: the lines that begin with `$` are commands. All but the last must end with 0, the last with
 *   this code. The other lines must come in their output, in this order; `...` stands for lines that are left out,
 *   `…` for a part of a line.
 * - `run: in <folder>`: the same, beginning in a folder of those that the tutorial has made.
 * - `run: sandbox`, `run: stop the sandbox`: what happens in the first terminal.
 * - `edit: <file>`, `edit: <file>, everywhere`: a diff, as a person types it into the file.
 *
 * After that, in the same sandbox, the commands of the table of JSON.
 */

const pages = ["mappings/TUTORIAL.md", "cli/README.md", "server/README.md"].map(readPage);

const steps = pages.flatMap(({ path, fences }) =>
  fences
    .filter(({ note }) => /^(run|edit)\b/.test(note))
    .map((fence) => [`${path}:${fence.line}`, fence] as const),
);

/** Starting a program takes a second or two on a busy machine, and a block has several. */
const stepMsMax = 60_000;

const top = mkdtempSync(join(tmpdir(), "syncctl-docs-"));
let directory = top;
let sandbox: ChildProcess | undefined;
let told = "";
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await stopSandbox();
  await database.drop();
  rmSync(top, { recursive: true, force: true });
});

const env = { PATH: `${dirname(launcher)}${delimiter}${process.env["PATH"]}` };

test.each(steps)(
  "%s",
  async (_place, fence) => {
    const [what = "", how = ""] = fence.note.split(": ");
    if (what === "edit") edit(fence, how);
    else if (how === "sandbox") await startSandbox(fence);
    else if (how === "stop the sandbox") await endSandbox(fence);
    else {
      const folder = /^in (\S+)$/.exec(how)?.[1];
      if (folder !== undefined) directory = join(top, folder);
      await runBlock(fence, Number(/^exit (\d)$/.exec(how)?.[1] ?? 0));
    }
  },
  stepMsMax,
);

const [shapes] = tablesWith(readPage("cli/README.md"), "command", "keys");

test.each((shapes?.rows ?? []).map((row) => [code(row["command"] ?? ""), row["keys"] ?? ""]))(
  "%s prints the keys that the page names",
  async (command, keys) => {
    const { out } = await runProcess("sh", ["-c", command], { cwd: directory, env });
    expect(keysOf(out).toSorted()).toEqual(coded(keys).toSorted());
  },
  stepMsMax,
);

/** Of one value, or of the values that stand one on a line; those that only some of them have do not count. */
function keysOf(out: string): readonly string[] {
  if (!out.startsWith('{"')) return Object.keys(JSON.parse(out));
  const lines = out.trim().split("\n");
  return (
    lines.map((line) => Object.keys(JSON.parse(line))).find((keys) => !keys.includes("target")) ??
    []
  );
}

test("there are steps, and what is marked in another way does not go unnoticed", () => {
  const notes = steps.map(([, { note }]) => note);
  expect(notes.length).toBeGreaterThan(10);
  for (const note of notes) {
    expect(note).toMatch(
      /^(run(: (exit \d|in \S+|sandbox|stop the sandbox))?|edit: \S+(, everywhere)?)$/,
    );
  }
});

interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

function shownIn(text: string): readonly Shown[] {
  const shown: { command: string; lines: string[] }[] = [];
  for (const line of text.trimEnd().split("\n")) {
    if (line.startsWith("$ ")) shown.push({ command: line.slice(2), lines: [] });
    else shown.at(-1)?.lines.push(line);
  }
  return shown;
}

async function runBlock({ text }: Fence, exit: number): Promise<void> {
  const commands = shownIn(text);
  for (const [index, { command, lines }] of commands.entries()) {
    const folder = /^cd (\S+)$/.exec(command)?.[1];
    if (folder !== undefined) directory = resolve(directory, folder);
    // A shell keeps these two, and every command here has a shell of its own; the path is set for all of them.
    if (folder !== undefined || command.startsWith("export PATH=")) continue;
    const { out, err, code } = await runProcess("sh", ["-c", command], { cwd: directory, env });
    expect({ command, code, err: code === 1 ? err : "" }).toMatchObject({
      command,
      code: index === commands.length - 1 ? exit : 0,
    });
    expectLines(`${out}${err}`, lines);
  }
}

/** Every line that is shown comes in the output, after the one before it. */
function expectLines(output: string, lines: readonly string[]): void {
  const actual = output.split("\n").map((line) => line.trimEnd());
  let from = 0;
  for (const line of lines) {
    if (line.trim() === "..." || line.trim() === "") continue;
    const at = actual.findIndex((each, index) => index >= from && isLike(line.trimEnd(), each));
    expect(at, `"${line}" in:\n${actual.slice(from).join("\n")}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

/** Whether the parts between `…` come in the line, one after the other. */
function isLike(shown: string, line: string): boolean {
  const [first = "", ...others] = shown.split("…");
  if (others.length === 0) return shown === line;
  if (!line.startsWith(first) || !line.endsWith(others.at(-1) ?? "")) return false;
  let from = first.length;
  for (const part of others) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

function edit({ text }: Fence, how: string): void {
  const [file = "", everywhere] = how.split(", ");
  const path = join(directory, file);
  const lines = text.trimEnd().split("\n");
  const [before = "", after = ""] = ["-", "+"].map((sign) =>
    lines
      .find((line) => line.startsWith(sign))
      ?.slice(1)
      .trim(),
  );
  const old = readFileSync(path, "utf8").split("\n");
  const found = old.filter((line) => line.trim() === before).length;
  if (everywhere === undefined) expect(found, before).toBe(1);
  else expect(found, before).toBeGreaterThan(1);
  const edited = old.map((line) => (line.trim() === before ? line.replace(before, after) : line));
  writeFileSync(path, edited.join("\n"));
}

async function startSandbox(fence: Fence): Promise<void> {
  const [shown] = shownIn(fence.text);
  told = "";
  const started = spawn("sh", [launcher, ...(shown?.command.split(" ").slice(1) ?? [])], {
    cwd: top,
    env: { ...env, HOME: process.env["HOME"] },
  });
  sandbox = started;
  started.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  for await (const chunk of started.stdout.iterator({ destroyOnReturn: false })) {
    told += String(chunk);
    if (told.includes("plan again")) break;
  }
  expectLines(told, shown?.lines ?? []);
  // A server is opened faster than a folder, and what the commands print is the same.
  const project = join(top, "syncctl-sandbox/syncctl.yaml");
  const text = readFileSync(project, "utf8");
  writeFileSync(project, text.replace(/^state: .*/m, `state: ${database.url}`));
}

async function endSandbox({ text }: Fence): Promise<void> {
  await stopSandbox();
  expectLines(told, text.trimEnd().split("\n").slice(1));
}

async function stopSandbox(): Promise<void> {
  if (sandbox === undefined) return;
  const ended = once(sandbox, "exit");
  sandbox.kill("SIGINT");
  await ended;
  sandbox = undefined;
}
