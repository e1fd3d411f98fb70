import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { type LockResult, lockFolder } from "../../engine/state/folder-lock.ts";
import { openStore } from "../../engine/state/open-store.ts";
import { identifyProcess } from "../../engine/state/process-identity.ts";
import { morning } from "../conformance/store-samples.ts";
import { type StateProcess, startStateProcess } from "../support/state-process.ts";

/* One process at a time has a state folder open, and nobody's lock outlives them. */

const self = { pid: process.pid, host: hostname(), command: "syncctl apply" };

let parent = "";
let folder = "";
let processes: StateProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "syncctl-lock-"));
  folder = join(parent, "state");
  processes = [];
});

afterEach(async () => {
  await Promise.all(processes.map((one) => one.end("SIGKILL")));
  rmSync(parent, { recursive: true, force: true });
});

function another(): StateProcess {
  const started = startStateProcess(folder);
  processes.push(started);
  return started;
}

function lock(): LockResult {
  return lockFolder(folder, self, morning);
}

/** A lock as a process of this machine would have left it. */
function plantLock(holder: Readonly<Record<string, unknown>>): void {
  mkdirSync(`${folder}.lock`);
  const known = { host: hostname(), command: "syncctl serve", since: morning.toISOString() };
  writeFileSync(join(`${folder}.lock`, "planted.json"), JSON.stringify({ ...known, ...holder }));
}

/** The id of a process that has ended. */
async function endedPid(): Promise<number> {
  const child = another();
  await child.end();
  return child.pid;
}

describe("two processes and one folder", () => {
  test("the second is told who the first is, and gets in when that one has closed", async () => {
    const first = another();
    expect(await first.ask("open")).toBe("opened");
    expect(await first.ask("link 1")).toBe("true");

    const early = await openStore({ state: folder, clock: systemClock, process: self });
    expect(early).toMatchObject({ ok: false, code: "state-locked" });
    const message = early.ok ? "" : early.message;
    expect(message).toContain(`process ${first.pid} on ${hostname()} (syncctl serve) since 20`);
    expect(message).toContain("DATABASE_URL");

    expect(await first.ask("close")).toBe("closed");
    const second = await openStore({ state: folder, clock: systemClock, process: self });
    if (!second.ok) throw new Error(second.message);
    expect((await second.store.load("people")).links).toHaveLength(1);
    await second.store.close();
  });

  test("a holder that is killed loses its lock and nothing that it stored", async () => {
    const first = another();
    await first.ask("open");
    expect(await first.ask("link 1")).toBe("true");
    await first.end("SIGKILL");

    const second = await openStore({ state: folder, clock: systemClock, process: self });

    if (!second.ok) throw new Error(second.message);
    expect((await second.store.load("people")).links).toHaveLength(1);
    await second.store.close();
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });

  test("one process cannot open a folder twice", () => {
    const first = lock();
    expect(first.ok).toBe(true);
    expect(lock()).toMatchObject({ ok: false, code: "state-locked" });
    if (first.ok) first.release();
    const again = lock();
    expect(again.ok).toBe(true);
    if (again.ok) again.release();
  });
});

describe("whose lock it is", () => {
  test("one that a process leaves on exiting is gone", async () => {
    const child = another();
    expect(await child.ask("lock")).toBe("locked");
    await child.ask("exit");
    await child.end();
    expect(readdirSync(parent)).toEqual([]);
  });

  test("a dead process holds nothing", async () => {
    plantLock({ pid: await endedPid() });
    const taken = lock();
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.release();
    expect(readdirSync(parent)).toEqual([]);
  });

  test("neither does one whose id another process has by now", () => {
    plantLock({ ...identifyProcess(process.pid), startTicks: "1" });
    const taken = lock();
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.release();
  });

  test("nor one from before the machine was started again", () => {
    plantLock({ ...identifyProcess(process.pid), bootId: "another boot" });
    const taken = lock();
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.release();
  });

  test("a live one does, also where the system does not tell when it started", () => {
    plantLock({ pid: process.pid });
    expect(lock()).toMatchObject({ ok: false, code: "state-locked" });
  });

  test("so does one of another machine, and the message says how to find out", () => {
    plantLock({ pid: 1, host: "another-machine" });
    const result = lock();
    expect(result).toMatchObject({ ok: false, code: "state-locked" });
    expect(result.ok ? "" : result.message).toContain(`remove ${folder}.lock`);
  });

  test.each([
    ["not JSON", "{"],
    ["nothing", ""],
    ["not a process", '{"pid":"4711"}'],
  ])("a lock that holds %s is not taken from anybody", (_, text) => {
    mkdirSync(`${folder}.lock`);
    writeFileSync(join(`${folder}.lock`, "x.json"), text);
    const result = lock();
    expect(result).toMatchObject({ ok: false, code: "state-locked" });
    expect(result.ok ? "" : result.message).toContain(`remove the lock`);
    expect(readdirSync(`${folder}.lock`)).toEqual(["x.json"]);
  });

  test("nor is a file in the place of the lock", () => {
    writeFileSync(`${folder}.lock`, "mine");
    expect(lock()).toMatchObject({ ok: false, code: "state-locked" });
  });

  test("an empty lock, as one is for a moment while it is released, is nobody's", () => {
    mkdirSync(`${folder}.lock`);
    const taken = lock();
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.release();
  });
});

test("of many contenders for a dead process's lock, one gets it, every time", async () => {
  const contenders = Array.from({ length: 4 }, another);
  const pid = await endedPid();
  for (let round = 0; round < 20; round += 1) {
    plantLock({ pid });
    const answers = await Promise.all(contenders.map((one) => one.ask("lock")));
    expect(answers.filter((one) => one === "locked")).toHaveLength(1);
    expect(answers.filter((one) => one.startsWith("state-locked"))).toHaveLength(3);
    await contenders[answers.indexOf("locked")]?.ask("release");
    expect(readdirSync(parent)).toEqual([]);
  }
});
