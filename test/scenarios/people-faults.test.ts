import { afterEach, expect, test } from "vitest";
import type { Fault } from "../../connectors/http/simulator/simulator.ts";
import { type Company, heldLines, openCompany } from "../support/company.ts";

/* The systems misbehave over real HTTP. Whatever happens, the end is the same, and nobody exists twice. */

let company: Company;

afterEach(() => company.close());

const people = [
  {
    first_name: "Uma",
    last_name: "Reyes",
    email: "uma@x.test",
    employee_number: "1",
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Bo",
    last_name: "Ek",
    email: "bo@x.test",
    employee_number: "2",
    is_user: true,
    is_assignable: true,
  },
  {
    first_name: "Ilse",
    last_name: "Brandvold",
    employee_number: "3",
    is_user: false,
    is_assignable: true,
  },
  {
    first_name: "Ida",
    last_name: "Holm",
    employee_number: "4",
    is_user: false,
    is_assignable: true,
  },
];

async function untilSettled(): Promise<void> {
  for (let run = 0; run < 6; run += 1) {
    const plan = await company.plan();
    if (plan.readings.every((reading) => reading.ended) && plan.changes.length === 0) return;
    await company.apply(plan);
  }
}

function expectEverybodyOnce(): void {
  const names = (records: readonly Readonly<Record<string, unknown>>[]) =>
    records.map((one) => one["last_name"]).toSorted();
  expect(names(company.directory.users())).toEqual(["Ek", "Reyes"]);
  expect(names(company.directory.contacts())).toEqual(["Brandvold", "Holm"]);
}

const writes = { method: "POST", path: /\/people$/ } as const;
const sync = { method: "PATCH", path: /users\/sync$/ } as const;
const soon = { "retry-after": "0" };

const faults: readonly (readonly [string, "wfp" | "procore", Fault])[] = [
  [
    "429 while reading people",
    "wfp",
    { path: /\/people$/, kind: "status", status: 429, headers: soon },
  ],
  [
    "503 while reading users",
    "procore",
    { path: /\/users$/, method: "GET", kind: "status", status: 503, headers: soon },
  ],
  [
    "a gateway's HTML while reading",
    "procore",
    { path: /inactive$/, kind: "status", status: 502, body: "<html>Bad gateway</html>" },
  ],
  ["a page that is cut off", "procore", { path: /\/users$/, method: "GET", kind: "cut-body" }],
  ["a reading whose answer is lost", "wfp", { path: /\/people$/, kind: "lose-answer" }],
  ["a slow answer", "wfp", { path: /\/people$/, kind: "slow", ms: 300 }],
  ["text that is no JSON", "wfp", { path: /\/people$/, kind: "garbage", text: '{"data": [' }],
  [
    "429 while creating a contact",
    "procore",
    { ...writes, kind: "status", status: 429, headers: soon },
  ],
  ["503 while creating users", "procore", { ...sync, kind: "status", status: 503, headers: soon }],
  ["the answer to creating a contact is lost", "procore", { ...writes, kind: "lose-answer" }],
  [
    "the answers to creating both contacts are lost",
    "procore",
    { ...writes, kind: "lose-answer", times: 2 },
  ],
  ["the answer to creating a contact is cut off", "procore", { ...writes, kind: "cut-body" }],
  [
    "the answer to creating a contact is no JSON",
    "procore",
    { ...writes, kind: "garbage", text: "<html>" },
  ],
  [
    "500 after a contact was perhaps created",
    "procore",
    { ...writes, kind: "status", status: 500, body: "<html>" },
  ],
  ["the answer to creating users is lost", "procore", { ...sync, kind: "lose-answer" }],
  ["the answer to creating users is cut off", "procore", { ...sync, kind: "cut-body" }],
  ["the connection is refused while creating users", "procore", { ...sync, kind: "refuse" }],
];

test.each(faults)(
  "%s: everybody ends in the directory exactly once",
  async (_what, where, fault) => {
    company = await openCompany({ wfp: { people } });
    company[where].faults.add(fault);
    await untilSettled();
    expectEverybodyOnce();
    expect(
      Object.values(company[where].faults.struck).reduce((sum, times) => sum + times, 0),
    ).toBeGreaterThan(0);
    expect((await company.plan()).changes).toEqual([]);
  },
);

test("the tokens of both systems end in the middle of a run, and the run goes on with new ones", async () => {
  company = await openCompany({ wfp: { people } });
  const plan = await company.plan();
  company.wfp.expireTokens();
  company.procore.expireTokens();
  expect((await company.apply(plan)).status).toBe("applied");
  company.wfp.expireTokens();
  expect((await company.plan()).changes).toEqual([]);
  expectEverybodyOnce();
});

test("reads that lag behind writes: a create whose answer was lost is held until a reading can tell, and never repeated", async () => {
  company = await openCompany({ wfp: { people }, lagMs: 1_500, readLagSeconds: 2 });
  company.procore.faults.add({ ...writes, kind: "lose-answer" });
  await company.apply(await company.plan());
  const early = await company.plan();
  expect(early.changes.filter((change) => change.kind === "create")).toEqual([]);
  expect(heldLines(early).map((line) => line.split(" ")[0])).toEqual(["in-doubt"]);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  await untilSettled();
  expectEverybodyOnce();
});

test("with claimOriginId the lost record is recognised by its origin id, even if somebody renamed and renumbered it", async () => {
  company = await openCompany({ wfp: { people }, connection: { claimOriginId: true } });
  company.procore.faults.add({ ...writes, kind: "lose-answer" });
  await company.apply(await company.plan());
  const lost = company.directory.contacts().map((contact) => String(contact["employee_id"]));
  for (const employeeId of lost)
    company.directory.editContact(employeeId, {
      last_name: `Renamed ${employeeId}`,
      employee_id: `X-${employeeId}`,
    });
  await untilSettled();
  expectEverybodyOnce();
});
