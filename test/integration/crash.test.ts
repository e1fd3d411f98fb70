import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "../support/company.ts";
import { oneRun } from "../support/one-run.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/*
 * A run is killed with SIGKILL at every single write of a scenario, before it and after it, and then run again until
 * nothing is left to do. However it was killed: the same end, and no duplicate.
 */

const people = [
  {
    first_name: "Uma",
    last_name: "Reyes",
    email: "uma@x.test",
    employee_number: "1",
    status: "active" as const,
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Bo",
    last_name: "Ek",
    email: "bo@x.test",
    employee_number: "2",
    status: "active" as const,
    is_user: true,
    is_assignable: true,
  },
  {
    first_name: "Ilse",
    last_name: "Brandvold",
    employee_number: "3",
    status: "active" as const,
    is_user: false,
    is_assignable: true,
  },
  {
    first_name: "Tomas",
    last_name: "Vega",
    email: "tomas@x.test",
    employee_number: "4",
    status: "active" as const,
    is_user: true,
    is_assignable: true,
  },
];

const script = new URL("../support/crash-child.ts", import.meta.url).pathname;

/** Whether the run was killed on its way. */
function runAndKill(folder: string, state: string, killAt: number): Promise<boolean> {
  const child = spawn(process.execPath, [script, folder, state, String(killAt)]);
  let trouble = "";
  child.stderr.on("data", (data) => {
    trouble += data;
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL") resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the run ended with ${code ?? signal}: ${trouble}`));
    });
  });
}

/** What the scenario starts from: one contact who has become a user, and people who are new. */
async function startWorld(company: Company, state: string): Promise<void> {
  company.procore.load({
    companies: [{ id: 4242, name: "Northridge Builders" }],
    permissionTemplates: [{ name: "Workforce Planning Standard" }],
  });
  company.wfp.load({ people: [{ ...people[3], is_user: false }] });
  expect(await oneRun(company.folder, state)).toEqual({
    status: "applied",
    refusal: null,
    changes: 1,
  });
  const [tomas] = company.wfp.people();
  company.wfp.edit(tomas?.id ?? "", { is_user: true });
  for (const one of people.slice(0, 3)) company.wfp.add({ email: null, ...one });
}

async function untilDone(folder: string, state: string): Promise<void> {
  for (let runs = 1; runs <= 50; runs += 1) {
    const end = await oneRun(folder, state);
    if (end.refusal === "mapping-busy") await sleep(50);
    else if (end.changes === 0) return;
  }
  throw new Error("fifty runs did not settle it");
}

function assertWorld(company: Company, when: string): void {
  const users = company.directory.users().map((one) => `${one["last_name"]} ${one["is_active"]}`);
  const contacts = company.directory
    .contacts()
    .map((one) => `${one["last_name"]} ${one["active"]}`);
  expect([when, users.toSorted(), contacts.toSorted()]).toEqual([
    when,
    ["Ek true", "Reyes true", "Vega true"],
    ["Brandvold true", "Vega false"],
  ]);
}

let company: Company;

beforeAll(async () => {
  company = await openCompany();
});

afterAll(() => company.close());

test("killed at every write, on PostgreSQL: every next run converges, and nobody exists twice", {
  timeout: 600_000,
}, async () => {
  let killPoints = 0;
  for (let killed = true; killed; ) {
    const database: TestDatabase = await createDatabase();
    try {
      await startWorld(company, database.url);
      killed = await runAndKill(company.folder, database.url, killPoints + 1);
      if (killed) killPoints += 1;
      await untilDone(company.folder, database.url);
      assertWorld(company, `killed at point ${killPoints}`);
    } finally {
      await database.drop();
    }
  }
  process.stdout.write(
    `Runs killed with SIGKILL on PostgreSQL: ${killPoints} points, each converged without a duplicate.\n`,
  );
  expect(killPoints).toBeGreaterThan(20);
});

test("killed in the middle, on the embedded database: the lock of the dead is taken over, and the next run converges", {
  timeout: 600_000,
}, async () => {
  const chosen = [9, 15, 20];
  for (const killAt of chosen) {
    const parent = await mkdtemp(join(tmpdir(), "syncctl-crash-"));
    const state = join(parent, "state");
    try {
      await startWorld(company, state);
      expect([killAt, await runAndKill(company.folder, state, killAt)]).toEqual([killAt, true]);
      await untilDone(company.folder, state);
      assertWorld(company, `killed at point ${killAt}`);
    } finally {
      await rm(parent, { recursive: true, force: true });
    }
  }
  process.stdout.write(
    `Runs killed with SIGKILL on the embedded database: ${chosen.length} points, each converged without a duplicate.\n`,
  );
});
