import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { syncctl } from "../support/cli-run.ts";
import { type Company, changeLines, openCompany } from "../support/company.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/* The proof that a copy holds everything: a company loses its state, gets the copy elsewhere, and nothing is different. */

let company: Company;
let lost: TestDatabase;
let other: TestDatabase;

afterEach(async () => {
  await company.close();
  await other.drop();
});

function person(number: number) {
  return {
    first_name: `Person${number}`,
    last_name: "Lund",
    email: `p${number}@northridge.example`,
    employee_number: `NR-${number}`,
    status: "active" as const,
    is_user: number % 2 === 0,
    is_assignable: number % 2 === 1,
  };
}

async function opened(state: string): Promise<StateStore> {
  const process = { pid: 1, host: "test", command: "test" };
  const result = await openStore({ state, clock: systemClock, process });
  if (!result.ok) throw new Error(result.message);
  return result.store;
}

/** What `syncctl.yaml` says to the command line. */
function keepIn(state: string): void {
  const path = join(company.folder, "syncctl.yaml");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), state }));
}

async function command(...words: readonly string[]): Promise<void> {
  const env = { WFP_CLIENT_SECRET: "wfp-secret", PROCORE_CLIENT_SECRET: "procore-secret" };
  const { code, err } = await syncctl(["state", ...words], { cwd: company.folder, env });
  expect({ words, code, err }).toEqual({ words, code: 0, err: "" });
}

/** Everything that a plan says but its id and its time. */
async function planned() {
  const { id: _, header: __, readings: ___, ...plan } = await company.plan();
  return plan;
}

test("a company that loses its state and gets the copy elsewhere plans what it planned before, then nothing", async () => {
  [lost, other] = await Promise.all([createDatabase(), createDatabase()]);
  company = await openCompany({ wfp: { people: [1, 2, 3, 4].map(person) } });
  await company.reopen({ store: await opened(lost.url) });
  await company.sync();
  // Only who remembers what was agreed on can tell these two apart.
  const una = company.wfp.people().find(({ email }) => email === "p1@northridge.example");
  company.wfp.edit(una?.id ?? "", { first_name: "Una" });
  company.directory.editUser("p2@northridge.example", { first_name: "Somebody" });
  const before = await planned();
  expect(before.changes.flatMap((each) => ("fields" in each ? each.fields : []))).toMatchObject([
    { after: "Una", why: "source-changed" },
    { after: "Person2", why: "drift" },
  ]);
  const runs = await company.store.runs(10);
  await company.store.close();

  keepIn(lost.url);
  await command("export", "copy.gz");
  await lost.drop();

  keepIn(other.url);
  await command("import", "copy.gz");
  await company.reopen({ store: await opened(other.url) });
  expect(await company.store.runs(10)).toEqual(runs);
  expect(await planned()).toEqual(before);
  await company.sync();
  expect(changeLines(await company.plan())).toEqual([]);
});
