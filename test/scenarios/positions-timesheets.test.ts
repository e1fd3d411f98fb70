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
  enterClassifications,
  nothingIsLeft,
  positionNamed,
} from "../support/smartbarrel-people.ts";
import { shiftOf, timecards } from "../support/smartbarrel-shifts.ts";

/* Workers are kept in SmartBarrel: a position reaches Procore with the first time card that needs it. C-005 to C-007. */

let company: Company;

afterEach(() => company.close());

const depot = 5_511;
const bridge = 5_512;
const annex = 5_513;

const projects = [
  { id: depot, name: "Harbor Street Depot" },
  { id: bridge, name: "Mill Creek Bridge" },
  { id: annex, name: "Annex" },
];

const time = [{ id: 501, name: "Regular Time", abbreviated_time_type: "RT", default: true }];

const positions = [
  { id: "pos_1", name: "Carpenter" },
  { id: "pos_2", name: "Laborer" },
  { id: "pos_3", name: "Signalman" },
];

const ilse = {
  id: "wkr_1",
  first_name: "Ilse",
  last_name: "Brandvold",
  payroll_id: "NR-1",
  position_id: "pos_1",
};
const mia = { id: "wkr_2", first_name: "Mia", last_name: "Okafor", payroll_id: "NR-2" };

async function open(
  shifts: readonly object[],
  { procore, smartbarrel, ...more }: CompanyOptions = {},
): Promise<Company> {
  company = await openCompany({
    mappings: ["positions", "worker-contacts", "timesheets", "workers"],
    env: { WORKERS_SYSTEM_OF_RECORD: "smartbarrel" },
    ...more,
    procore: { projects, timeTypes: time, ...procore },
    smartbarrel: {
      positions,
      workers: [ilse, mia],
      projects: projects.map(({ id, name }) => ({
        id: `prj_${id}`,
        name,
        procore_project_id: String(id),
      })),
      shifts,
      ...smartbarrel,
    },
  });
  return company;
}

const namesAndProjects = () =>
  classifications(company).map(({ name, project_ids }) => [name, project_ids]);

test("C-005 C-006 the position of a time card becomes a classification, switched on where it is needed, and the time card has it", async () => {
  await open([shiftOf(ilse, `prj_${depot}`)]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create to-procore Carpenter",
    "create people Ilse Brandvold",
    expect.stringMatching(/^create timecards /),
  ]);
  // The two positions that nobody needs are not made.
  expect(namesAndProjects()).toEqual([["Carpenter", [depot]]]);
  const [carpenter] = classifications(company);
  expect(timecards(company)).toMatchObject([
    { project_id: depot, work_classification_id: carpenter?.["id"] },
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-005 until a time card needs them, no position becomes a classification", async () => {
  await open([]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  const waiting = plan.passedOver.find(({ rule }) => rule === "to-procore");
  expect(waiting?.code).toBe("not-referenced");
  expect(waiting?.records.map(({ label }) => label)).toEqual(["Carpenter", "Laborer", "Signalman"]);
  expect(classifications(company)).toEqual([]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-006 the position of the shift comes before that of the worker; a worker without one has a time card without", async () => {
  await open([
    shiftOf(ilse, `prj_${depot}`, { position_id: "pos_2" }),
    shiftOf(mia, `prj_${bridge}`),
  ]);
  await company.sync();
  expect(namesAndProjects()).toEqual([["Laborer", [depot]]]);
  const [laborer] = classifications(company);
  const cards = timecards(company).map((card) => [
    card["project_id"],
    card["work_classification_id"] ?? null,
  ]);
  expect(cards.toSorted()).toEqual([
    [depot, laborer?.["id"]],
    [bridge, null],
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-005 C-006 another project later on: the same classification is switched on there, in the same run as its time cards", async () => {
  await open([shiftOf(ilse, `prj_${depot}`)]);
  await company.sync();
  const { id: _id, entries, ...shift } = shiftOf(mia, `prj_${bridge}`, { position_id: "pos_1" });
  company.smartbarrel.shifts.add(
    shift,
    entries.map(({ id: _entry, ...entry }) => entry),
  );
  const { plan, result } = await company.sync();
  expect(changeLines(plan)).toContain("update to-procore Carpenter");
  expect(result.status).toBe("applied");
  expect(namesAndProjects()).toEqual([["Carpenter", [depot, bridge]]]);
  expect(timecards(company)).toHaveLength(2);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-007 a classification of the same name is used, whatever its capitals; it keeps its name and its projects", async () => {
  const workClassifications = [
    { id: 81, name: "CARPENTER", abbreviation: "CAR", project_ids: [annex] },
    { id: 82, name: "Welder", project_ids: [annex] },
  ];
  await open([shiftOf(ilse, `prj_${depot}`)], { procore: { workClassifications } });
  const { plan } = await company.sync();
  expect(changeLines(plan).filter((line) => line.includes("to-procore"))).toEqual([
    "link to-procore Carpenter",
    "update to-procore Carpenter",
  ]);
  expect(classifications(company)).toMatchObject([
    { id: 81, name: "CARPENTER", abbreviation: "CAR", project_ids: [annex, depot] },
    workClassifications[1] ?? {},
  ]);
  expect(timecards(company)).toMatchObject([{ work_classification_id: 81 }]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("C-007 which of two classifications is meant that differ in capitals only is not guessed, and the time card waits", async () => {
  const workClassifications = [
    { id: 81, name: "Carpenter" },
    { id: 82, name: "CARPENTER" },
  ];
  await open([shiftOf(ilse, `prj_${depot}`), shiftOf(mia, `prj_${depot}`)], {
    procore: { workClassifications },
  });
  const { plan } = await company.sync();
  expect(heldLines(plan).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "ambiguous to-procore",
    "reference-missing timecards",
  ]);
  expect(timecards(company)).toHaveLength(1);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("a position that is renamed renames its classification, which stays switched on where it was", async () => {
  await open([shiftOf(ilse, `prj_${depot}`)]);
  await company.sync();
  company.smartbarrel.positions.edit(positionNamed(company, "Carpenter").id, { name: "Joiner" });
  expect(changeLines((await company.sync()).plan)).toEqual(["update to-procore Joiner"]);
  expect(namesAndProjects()).toEqual([["Joiner", [depot]]]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("a classification that somebody switches on elsewhere stays on; one that is switched off where it is needed is switched on again", async () => {
  await open([shiftOf(ilse, `prj_${depot}`)]);
  await company.sync();
  const [carpenter] = classifications(company);
  enterClassifications(company, [{ ...carpenter, project_ids: [depot, annex] }]);
  expect(await nothingIsLeft(company)).toEqual([]);
  enterClassifications(company, [{ ...carpenter, project_ids: [annex] }]);
  expect(changeLines((await company.sync()).plan)).toEqual(["update to-procore Carpenter"]);
  expect(namesAndProjects()).toEqual([["Carpenter", [annex, depot]]]);
  expect(await nothingIsLeft(company)).toEqual([]);
});
