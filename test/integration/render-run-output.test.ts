import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { printRun } from "../../cli/print-run.ts";
import { terminal } from "../../cli/terminal.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { RunEntry, StateStore } from "../../engine/state/store.ts";
import { emptyFolder } from "../support/cli-run.ts";
import { person, user } from "../support/plans.ts";

/* The log of a run on its way to a file or a pipe. */

afterEach(() => {
  vi.restoreAllMocks();
});

function anEntry(sequence: number, parts: Partial<RunEntry> = {}): RunEntry {
  return {
    sequence,
    mapping: "people",
    rule: "users",
    source: person(`${sequence}`),
    target: user(`u${sequence}`),
    label: `Person ${sequence}`,
    action: "create",
    status: "applied",
    reason: "No user matches.",
    fields: [],
    ...parts,
  };
}

async function storeWith(entries: readonly RunEntry[]): Promise<StateStore> {
  const store = memoryStore(systemClock);
  await store.startRun({
    runId: "run-1",
    planId: "plan-1",
    planDigest: "d",
    purpose: "sync",
    mappings: ["people"],
    configurationDigest: "c",
    startedAt: new Date("2026-11-21T20:12:05Z"),
    startedBy: "schedule",
  });
  await store.addEntries("run-1", entries);
  return store;
}

/** What was said on both streams in place of it being printed. */
function listen() {
  const said = { out: "", err: "" };
  vi.spyOn(terminal, "out").mockImplementation((text) => {
    said.out += text;
  });
  vi.spyOn(terminal, "err").mockImplementation((text) => {
    said.err += text;
  });
  vi.spyOn(terminal, "handOut").mockImplementation(async (text) => {
    said.out += text;
    return true;
  });
  return said;
}

test("S-013: the log of a run is saved as a text file that tells when it was and who started it", async () => {
  const said = listen();
  const file = join(emptyFolder(), "run.txt");
  const held = anEntry(0, { action: "none", status: "held", reason: "No cell phone.", fields: [] });
  const store = await storeWith([{ ...held, code: "value-missing" }, anEntry(1)]);
  const code = await printRun(store, "latest", { format: "txt", json: false, output: file });
  expect(code).toBe(0);
  expect(said).toEqual({ out: "", err: `2 records of run run-1 written to ${file}.\n` });
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^Run {7}run-1\nStarted {3}21 Nov 2026, .* by schedule\n/);
  expect(text).toMatch(/^held .*Person 0 .*No cell phone\. \(value-missing\)$/m);
  expect(text).toMatch(/^applied .*Person 1 /m);
});

test("a run that was killed has numbers without a record; each record is written once", async () => {
  listen();
  const file = join(emptyFolder(), "run.csv");
  const entries = Array.from({ length: 2_500 }, (_, index) => anEntry(index * 2));
  const store = await storeWith(entries);
  await printRun(store, "run-1", { format: "csv", json: false, output: file });
  const lines = readFileSync(file, "utf8").trimEnd().split("\r\n").slice(1);
  expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(
    entries.map(({ sequence }) => sequence),
  );
});

test("a page is fetched only once the one before was taken, and none when the reader has left", async () => {
  listen();
  const store = await storeWith(Array.from({ length: 5_000 }, (_, index) => anEntry(index)));
  const fetched = vi.spyOn(store, "entries");
  const pending: (() => void)[] = [];
  vi.spyOn(terminal, "handOut").mockImplementation(
    () => new Promise((resolve) => pending.push(() => resolve(pending.length < 3))),
  );
  const printed = printRun(store, "run-1", { format: "ndjson", json: false });
  for (const [taken, pages] of [
    [1, 0],
    [2, 1],
    [3, 2],
  ] as const) {
    await vi.waitFor(() => expect(pending).toHaveLength(taken));
    expect(fetched).toHaveBeenCalledTimes(pages);
    pending.at(-1)?.();
  }
  expect(await printed).toBe(0);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a file that cannot be written is trouble with a code", async () => {
  const said = listen();
  const store = await storeWith([anEntry(0)]);
  const output = join(emptyFolder(), "nowhere", "run.txt");
  expect(await printRun(store, "run-1", { format: "txt", json: false, output })).toBe(1);
  expect(said.err).toContain("error file-unwritable: The log cannot be written to ");
  expect(await printRun(store, "run-1", { format: "txt", json: true, output })).toBe(1);
  expect(JSON.parse(said.out)).toMatchObject({ error: { code: "file-unwritable" } });
});
