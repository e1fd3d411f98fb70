import { afterEach, expect, test } from "vitest";
import { type Company, changeLines, heldLines } from "../support/company.ts";
import { cardsOf, writesTo } from "../support/timesheet-cards.ts";
import { day, depot, olav, openSite, pumps, shift, worked } from "../support/timesheet-site.ts";

/* The position of a worker is the classification of the timecard. Product items: C-. */

let company: Company;

afterEach(() => company.close());

const positions = [
  { id: "pos_1", name: "Carpenter" },
  { id: "pos_2", name: "Laborer" },
];
const carpenter = { ...olav, position_id: "pos_1" };
const keptInSmartbarrel = { WORKERS_SYSTEM_OF_RECORD: "smartbarrel" };

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

function classifications(): readonly unknown[] {
  const saved = company.procore.save() as { readonly workClassifications: readonly unknown[] };
  return saved.workClassifications;
}

function classificationsOfCards(): readonly unknown[] {
  return cardsOf(company).map(({ classification }) => classification);
}

test("C-004 C-005 C-006 a position becomes a classification when a timesheet needs it, is switched on in the project, and stands on the timecard, in one run", async () => {
  company = await openSite({
    env: keptInSmartbarrel,
    workers: [carpenter],
    smartbarrel: { positions },
  });
  expect(changeLines((await company.sync()).plan)).toEqual([]);
  expect(classifications()).toEqual([]);
  company.smartbarrel.shifts.add(worked(day(1)), [{ hours: 8 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create to-procore Carpenter",
    "create people Olav Haugen",
    `create timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(classifications()).toMatchObject([{ name: "Carpenter", project_ids: [depot] }]);
  expect(classificationsOfCards()).toEqual(["Carpenter"]);
  expect(writesTo(company.smartbarrel)).toEqual([]);
  await secondPlanIsEmpty();
});

test("C-006 the position of a shift comes before that of the worker; without either there is none", async () => {
  company = await openSite({
    env: keptInSmartbarrel,
    workers: [
      carpenter,
      { id: "wkr_3", first_name: "Ann", last_name: "Other", payroll_id: "NR-3" },
    ],
    smartbarrel: { positions },
    shifts: [
      shift("shf_1", worked(day(3))),
      shift("shf_2", worked(day(2), { position_id: "pos_2" })),
      shift("shf_3", worked(day(1), { worker_id: "wkr_3" })),
    ],
  });
  await company.sync();
  expect(classificationsOfCards()).toEqual(["Carpenter", "Laborer", null]);
  await secondPlanIsEmpty();
});

test("C-007 an existing classification of the same name is used, and switched on in one project more", async () => {
  company = await openSite({
    env: keptInSmartbarrel,
    procore: { workClassifications: [{ id: 81, name: "CARPENTER", project_ids: [pumps] }] },
    workers: [carpenter],
    smartbarrel: { positions },
    shifts: [shift("shf_1", worked(day(1)))],
  });
  await company.sync();
  expect(classifications()).toMatchObject([
    { id: 81, name: "CARPENTER", project_ids: [pumps, depot] },
  ]);
  expect(classificationsOfCards()).toEqual(["CARPENTER"]);
  await secondPlanIsEmpty();
});

test("C-007 a later timesheet in another project uses it as well, in one run", async () => {
  company = await openSite({
    env: keptInSmartbarrel,
    vars: { startAndStop: ["5512"] },
    workers: [carpenter],
    smartbarrel: { positions },
    shifts: [shift("shf_1", worked(day(2)))],
  });
  await company.sync();
  company.smartbarrel.shifts.add(worked(day(1), { project_id: "prj_2" }), [{ hours: 8 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "update to-procore Carpenter",
    `create timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(classifications()).toMatchObject([{ project_ids: [depot, pumps] }]);
  expect(classificationsOfCards()).toEqual(["Carpenter", "Carpenter"]);
  await secondPlanIsEmpty();
});

test("C-006 Procore takes no other classification for a timecard that is there", async () => {
  company = await openSite({
    env: keptInSmartbarrel,
    workers: [carpenter],
    smartbarrel: { positions },
    shifts: [shift("shf_1", worked(day(1)))],
  });
  await company.sync();
  company.smartbarrel.workers.edit("wkr_2", { position_id: "pos_2" });
  await secondPlanIsEmpty();
  company.smartbarrel.shifts.add(worked(day(0)), [{ hours: 4 }]);
  await company.sync();
  expect(classificationsOfCards()).toEqual(["Carpenter", "Laborer"]);
  await secondPlanIsEmpty();
});

test("C-003 C-004 workers are kept in Procore and classifications are not synced: timecards name none", async () => {
  company = await openSite({
    workers: [carpenter],
    smartbarrel: { positions },
    shifts: [shift("shf_1", worked(day(1)))],
  });
  await company.sync();
  expect(classifications()).toEqual([]);
  expect(classificationsOfCards()).toEqual([null]);
  await secondPlanIsEmpty();
});

test("C-001 C-006 workers are kept in Procore and classifications are synced: timecards name the one that the position came from", async () => {
  company = await openSite({
    env: { SYNC_CLASSIFICATIONS: "true" },
    procore: { workClassifications: [{ id: 81, name: "Carpenter", project_ids: [depot] }] },
  });
  await company.sync();
  const [position] = company.smartbarrel.positions.all();
  company.smartbarrel.workers.edit("wkr_2", { position_id: position?.id ?? "" });
  company.smartbarrel.shifts.add(worked(day(1)), [{ hours: 8 }]);
  await company.sync();
  expect(classificationsOfCards()).toEqual(["Carpenter"]);
  await secondPlanIsEmpty();
});

test("C-006 a position that no classification stands for holds the timesheet there, and says so", async () => {
  company = await openSite({
    env: { SYNC_CLASSIFICATIONS: "true" },
    workers: [carpenter],
    smartbarrel: { positions },
    shifts: [shift("shf_1", worked(day(1)))],
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan)).toEqual([`reference-missing timecards ${day(1)} Olav Haugen 8`]);
  expect(plan.held[0]?.reason).toContain(
    "work_classification_id refers to position pos_1 (Carpenter)",
  );
});

test("C-006 a classification that nobody has switched on in the project: Procore refuses the timecard, and takes it afterwards", async () => {
  company = await openSite({
    env: { SYNC_CLASSIFICATIONS: "true" },
    procore: { workClassifications: [{ id: 81, name: "Carpenter", project_ids: [pumps] }] },
    workers: [carpenter],
    smartbarrel: { positions: [{ id: "pos_1", name: "Carpenter" }] },
    shifts: [shift("shf_1", worked(day(1)))],
  });
  const { result } = await company.sync();
  expect(result.outcomes.at(-1)).toMatchObject({
    status: "failed",
    reason: expect.stringContaining("work_classification_id"),
  });
  const saved = company.procore.save() as { readonly workClassifications: readonly object[] };
  const [carpenters] = saved.workClassifications;
  company.procore.load({
    ...saved,
    workClassifications: [{ ...carpenters, project_ids: [depot, pumps] }],
  });
  await company.sync();
  expect(classificationsOfCards()).toEqual(["Carpenter"]);
  await secondPlanIsEmpty();
});
