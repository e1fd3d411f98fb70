import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  heldLines,
  openCompany,
} from "../support/company.ts";
import { employee, nothingIsLeft, workerNamed } from "../support/smartbarrel-people.ts";

/*
 * A user comes in whose worker is there already, and users and workers who leave. The vendor's help is silent on both.
 * Product items: section 15 items 1 and 2, S-023, S-024.
 */

let company: Company;

afterEach(() => company.close());

async function open(
  users: readonly object[],
  workers: readonly object[],
  more: CompanyOptions = {},
): Promise<Company> {
  company = await openCompany({
    mappings: ["workers", "positions"],
    ...more,
    procore: { users },
    smartbarrel: { workers },
  });
  return company;
}

const ilse = employee(88_121, "Ilse", "Brandvold", { mobile_phone: "(206) 555-0142" });

const found = [
  ["the number of the Procore user", { procore_user_id: "88121" }],
  ["the payroll ID", { payroll_id: "NR-88121" }],
  ["the e-mail address", { email: "Ilse.Brandvold@Northridge.example" }],
  ["the phone number", { phone: "+12065550142" }],
] as const;

test.each(found)(
  "section 15 item 1, S-024: a worker with %s of the user is linked and brought in step in one run",
  async (_what, known) => {
    await open([ilse], [{ id: "wkr_1", first_name: "Ilse", last_name: "Brandvold", ...known }]);
    const { plan } = await company.sync();
    expect(changeLines(plan)).toEqual([
      "link workers Ilse Brandvold",
      "update workers Ilse Brandvold",
    ]);
    expect(company.smartbarrel.workers.all()).toHaveLength(1);
    expect(workerNamed(company, "Brandvold")).toMatchObject({
      id: "wkr_1",
      phone: "+12065550142",
      payroll_id: "NR-88121",
      procore_user_id: "88121",
    });
    expect(workerNamed(company, "Brandvold")["email"]).toMatch(
      /^ilse.brandvold@northridge.example$/i,
    );
    expect(await nothingIsLeft(company)).toEqual([]);
  },
);

test("section 15 item 1: the payroll ID comes before the e-mail address, and the other worker is left alone", async () => {
  const other = {
    id: "wkr_2",
    first_name: "Ilse",
    last_name: "Brandvold",
    email: ilse["email_address"],
  };
  await open(
    [ilse],
    [{ id: "wkr_1", first_name: "Ilse", last_name: "Brandvold", payroll_id: "NR-88121" }, other],
  );
  await company.sync();
  expect(company.smartbarrel.workers.all()).toEqual([
    expect.objectContaining({ id: "wkr_1", phone: "+12065550142", procore_user_id: "88121" }),
    { ...other, status: "active", contractor_id: "con_1" },
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 15 item 1: who is meant is never guessed, and the log says why", async () => {
  await open(
    [
      ilse,
      employee(2, "Mia", "Okafor", { employee_id: "1002" }),
      employee(3, "Bo", "Ek", { mobile_phone: "(206) 555-0111" }),
      employee(4, "Ida", "Holm", { mobile_phone: "206-555-0111" }),
    ],
    [
      // A typing error, or somebody else.
      { id: "wkr_1", first_name: "Ilse", last_name: "Brandt", payroll_id: "NR-88121" },
      { id: "wkr_2", first_name: "Mia", last_name: "Okafor", payroll_id: "1002" },
      { id: "wkr_3", first_name: "Mia", last_name: "Okafor", payroll_id: "1002" },
    ],
  );
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(Object.fromEntries(plan.held.map(({ label, reason }) => [label, reason]))).toEqual({
    "Ilse Brandvold": "The worker with the same key differs in last_name.",
    "Mia Okafor": "Not clear: 2 workers have the same payroll_id and is_subcontractor.",
    "Bo Ek": "Not clear: 2 users without a link have the same phone.",
    "Ida Holm": "Not clear: 2 users without a link have the same phone.",
  });
  expect(company.smartbarrel.workers.all()).toHaveLength(3);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 15 item 1: a payroll ID of a subcontractor is somebody else's", async () => {
  const theirs = { payroll_id: "NR-88121", contractor_id: "con_2" };
  await open([ilse], [{ id: "wkr_1", first_name: "Iver", last_name: "Brandvold", ...theirs }]);
  expect(changeLines((await company.sync()).plan)).toEqual(["create workers Ilse Brandvold"]);
  expect(company.smartbarrel.workers.all()).toMatchObject([
    { first_name: "Iver", ...theirs },
    { first_name: "Ilse", contractor_id: "con_1" },
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-024 a state that was lost makes nobody twice: the workers are found by the number of their user", async () => {
  await open([ilse, employee(2, "Mia", "Okafor")], []);
  await company.sync();
  const before = company.smartbarrel.workers.all();
  const everything = {
    email_address: "ilse@x.test",
    mobile_phone: "206-555-0191",
    employee_id: "7",
  };
  company.directory.editUser(String(ilse["email_address"]), everything);
  await company.reopen({ store: memoryStore(systemClock) });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "link workers Mia Okafor",
    "link workers Ilse Brandvold",
    "update workers Ilse Brandvold",
  ]);
  expect(company.smartbarrel.workers.all()).toHaveLength(before.length);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 15 item 2: an inactive user is not brought in, and the worker of one who becomes inactive goes on", async () => {
  await open([ilse, employee(2, "Olav", "Berg", { is_active: false })], []);
  const first = await company.sync();
  expect(changeLines(first.plan)).toEqual(["create workers Ilse Brandvold"]);
  expect(first.plan.passedOver.map(({ reason }) => reason)).toEqual([
    "No link yet, and new ones are brought in only if is_active",
  ]);
  company.directory.editUser(String(ilse["email_address"]), {
    is_active: false,
    first_name: "Else",
  });
  expect(changeLines((await company.sync()).plan)).toEqual(["update workers Else Brandvold"]);
  expect(workerNamed(company, "Brandvold")).toMatchObject({ first_name: "Else", status: "active" });
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 15 item 2: with the setting `followInactive`, the worker becomes inactive and active with the user", async () => {
  await open([ilse], [], { vars: { followInactive: true } });
  await company.sync();
  const email = String(ilse["email_address"]);
  company.directory.editUser(email, { is_active: false });
  await company.sync();
  expect(workerNamed(company, "Brandvold")["status"]).toBe("inactive");
  expect(await nothingIsLeft(company)).toEqual([]);
  company.directory.editUser(email, { is_active: true });
  await company.sync();
  expect(workerNamed(company, "Brandvold")["status"]).toBe("active");
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("who is no employee any more, or no user, keeps the worker as it is, and every plan names them", async () => {
  await open([ilse, employee(2, "Mia", "Okafor")], []);
  await company.sync();
  company.directory.editUser(String(ilse["email_address"]), {
    is_employee: false,
    first_name: "Else",
  });
  company.directory.removeUser("mia.okafor@northridge.example");
  const before = company.smartbarrel.workers.all();
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  const told = plan.findings.filter(({ code }) => code.startsWith("source-"));
  expect(told.map(({ code, records }) => [code, records.map(({ label }) => label)])).toEqual([
    ["source-gone", ["Mia Okafor"]],
    ["source-left", ["Else Brandvold"]],
  ]);
  expect(company.smartbarrel.workers.all()).toEqual(before);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("a worker whom somebody has deleted is not made again without a person's word", async () => {
  await open([ilse], []);
  await company.sync();
  company.smartbarrel.workers.remove(workerNamed(company, "Brandvold").id);
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual(["lost workers Ilse Brandvold"]);
  expect(company.smartbarrel.workers.all()).toEqual([]);
  expect(await nothingIsLeft(company)).toEqual([]);
});
