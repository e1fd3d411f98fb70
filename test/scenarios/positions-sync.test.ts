import { afterEach, expect, test } from "vitest";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  heldLines,
  openCompany,
} from "../support/company.ts";
import {
  classifications,
  employee,
  enterClassifications,
  nothingIsLeft,
  positionNamed,
  positionNames,
  positionOf,
  workerNamed,
  writesToProcore,
} from "../support/smartbarrel-people.ts";

/* Classifications become positions, and positions of workers. Product items: C-001 to C-004, C-007, section 15 item 4. */

let company: Company;

afterEach(() => company.close());

const on = { SYNC_CLASSIFICATIONS: "true" };

const workClassifications = [
  { id: 81, name: "Carpenter", abbreviation: "CAR" },
  { id: 82, name: "Laborer" },
  { id: 83, name: "Signalman" },
];

const ilse = employee(1, "Ilse", "Brandvold", { work_classification_id: 81 });
const mia = employee(2, "Mia", "Okafor");

async function open({ procore, ...more }: CompanyOptions = {}): Promise<Company> {
  company = await openCompany({
    mappings: ["workers", "positions"],
    env: on,
    smartbarrel: {},
    ...more,
    procore: { workClassifications, users: [ilse, mia], ...procore },
  });
  return company;
}

test("C-001 C-002 every classification becomes a position, and that of a user the position of the worker, in one run", async () => {
  await open();
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create to-smartbarrel Carpenter",
    "create to-smartbarrel Laborer",
    "create to-smartbarrel Signalman",
    "create workers Ilse Brandvold",
    "create workers Mia Okafor",
  ]);
  expect(positionNames(company)).toEqual(["Carpenter", "Laborer", "Signalman"]);
  expect([positionOf(company, "Brandvold"), positionOf(company, "Okafor")]).toEqual([
    "Carpenter",
    null,
  ]);
  expect(writesToProcore(company)).toBe(0);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-002 S-023 another classification is another position at the next run, a new classification too", async () => {
  await open();
  await company.sync();
  enterClassifications(company, [...classifications(company), { id: 84, name: "Welder" }]);
  company.directory.editUser(String(ilse["email_address"]), { work_classification_id: 82 });
  company.directory.editUser(String(mia["email_address"]), { work_classification_id: 84 });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "update workers Ilse Brandvold",
    "create to-smartbarrel Welder",
    "update workers Mia Okafor",
  ]);
  expect([positionOf(company, "Brandvold"), positionOf(company, "Okafor")]).toEqual([
    "Laborer",
    "Welder",
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-002 a position that somebody gives to a worker in SmartBarrel is set back to the classification", async () => {
  await open();
  await company.sync();
  company.smartbarrel.workers.edit(workerNamed(company, "Brandvold").id, {
    position_id: positionNamed(company, "Signalman").id,
  });
  const { plan } = await company.sync();
  expect(plan.changes.map(({ reason }) => reason)).toEqual([
    "The target was changed and is set back: position_id.",
  ]);
  expect(positionOf(company, "Brandvold")).toBe("Carpenter");
  expect(await nothingIsLeft(company)).toEqual([]);
});

test.each([{}, { SYNC_CLASSIFICATIONS: "false" }])(
  "C-003 unless it is on, no position is made and no worker's position is changed: %j",
  async (env) => {
    const positions = [{ id: "pos_1", name: "Foreman" }];
    const workers = [
      {
        id: "wkr_1",
        first_name: "Ilse",
        last_name: "Brandvold",
        payroll_id: "NR-1",
        position_id: "pos_1",
      },
    ];
    await open({ env, smartbarrel: { positions, workers } });
    await company.sync();
    expect(positionNames(company)).toEqual(["Foreman"]);
    expect([positionOf(company, "Brandvold"), positionOf(company, "Okafor")]).toEqual([
      "Foreman",
      null,
    ]);
    company.directory.editUser(String(ilse["email_address"]), { work_classification_id: 82 });
    expect(await nothingIsLeft(company)).toEqual([]);
  },
);

test("C-003 once it is switched off again, positions and those of workers stay as they are", async () => {
  await open();
  await company.sync();
  await company.reopen({ env: { SYNC_CLASSIFICATIONS: "false" } });
  company.directory.editUser(String(ilse["email_address"]), { work_classification_id: 82 });
  const [first, ...rest] = classifications(company);
  enterClassifications(company, [{ ...first, name: "Joiner" }, ...rest]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.findings.map(({ message }) => message)).toContain(
    "The rule to-smartbarrel of positions plans nothing: enabled is false: $string($vars.syncClassifications) = 'true'. Its 3 linked records stay as they are and are no longer synced.",
  );
  expect(positionOf(company, "Brandvold")).toBe("Carpenter");
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-001 C-002 switched on later, it gives positions to the workers who are there already", async () => {
  await open({ env: {} });
  await company.sync();
  await company.reopen({ env: on });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create to-smartbarrel Carpenter",
    "update workers Ilse Brandvold",
    "create to-smartbarrel Laborer",
    "create to-smartbarrel Signalman",
  ]);
  expect(positionOf(company, "Brandvold")).toBe("Carpenter");
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-004 with the sync of users off, positions are given to workers in SmartBarrel, and nothing takes them back", async () => {
  const positions = [
    { id: "pos_1", name: "Carpenter" },
    { id: "pos_2", name: "Foreman" },
  ];
  const workers = [
    { id: "wkr_1", first_name: "Ilse", last_name: "Brandvold", procore_user_id: "1" },
  ];
  const env = { ...on, WORKERS_SYSTEM_OF_RECORD: "smartbarrel" };
  await open({ env, smartbarrel: { positions, workers } });
  await company.sync();
  company.smartbarrel.workers.edit("wkr_1", { position_id: "pos_2" });
  expect(await nothingIsLeft(company)).toEqual([]);
  expect(positionOf(company, "Brandvold")).toBe("Foreman");
  expect(positionNames(company)).toEqual(["Carpenter", "Foreman"]);
});

test("C-007 a position of the same name is used, whatever its capitals, and keeps what else it has", async () => {
  const positions = [
    { id: "pos_1", name: "CARPENTER", code: "C-1" },
    { id: "pos_2", name: "laborer", status: "inactive" },
  ];
  await open({ smartbarrel: { positions } });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "link to-smartbarrel Carpenter",
    "link to-smartbarrel Laborer",
    "create to-smartbarrel Signalman",
    "create workers Ilse Brandvold",
    "create workers Mia Okafor",
  ]);
  expect(company.smartbarrel.positions.all()).toMatchObject([...positions, { name: "Signalman" }]);
  expect(positionOf(company, "Brandvold")).toBe("CARPENTER");
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-007 two classifications that differ in capitals only are not guessed; the worker of one waits, and the others do not", async () => {
  const twice = [...workClassifications, { id: 84, name: "CARPENTER" }];
  await open({ procore: { workClassifications: twice } });
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual([
    "ambiguous to-smartbarrel Carpenter",
    "ambiguous to-smartbarrel CARPENTER",
    "reference-missing workers Ilse Brandvold",
  ]);
  expect(plan.held.at(-1)?.reason).toMatch(/position_id.*Carpenter/);
  expect(company.smartbarrel.workers.all()).toMatchObject([{ last_name: "Okafor" }]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("section 15 item 4: when the classification of a user is taken away, or not told, the worker keeps the position", async () => {
  await open();
  await company.sync();
  const email = String(ilse["email_address"]);
  company.directory.editUser(email, { work_classification_id: null });
  expect(await nothingIsLeft(company)).toEqual([]);
  expect(positionOf(company, "Brandvold")).toBe("Carpenter");
  company.directory.editUser(email, { work_classification_id: 82, is_active: false });
  expect(await nothingIsLeft(company)).toEqual([]);
  expect(positionOf(company, "Brandvold")).toBe("Carpenter");
});

test("a classification that is renamed renames its position, and nobody changes position", async () => {
  await open();
  await company.sync();
  const [first, ...rest] = classifications(company);
  enterClassifications(company, [{ ...first, name: "Joiner" }, ...rest]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update to-smartbarrel Joiner"]);
  expect(positionOf(company, "Brandvold")).toBe("Joiner");
  expect(await nothingIsLeft(company)).toEqual([]);
});
