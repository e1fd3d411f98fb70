import { afterEach, describe, expect, test } from "vitest";
import { type Company, changeLines, heldLines } from "../support/company.ts";
import { cardsOf, vanish } from "../support/timesheet-cards.ts";
import {
  day,
  depot,
  ilse,
  olav,
  openSite,
  procoreSite,
  shift,
  userIlse,
  worked,
} from "../support/timesheet-site.ts";

/* What a time card holds. Article 2 on timesheets: names, comments, hours, sub job, cost code, location. */

let company: Company;

afterEach(() => company.close());

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

test("article 2: every entry of a shift becomes one timecard, with worker, day, hours, project and the comment", async () => {
  company = await openSite({
    procore: { users: [userIlse] },
    workers: [ilse, olav],
    shifts: [
      shift("shf_1", worked(day(1)), [{ hours: 5 }, { hours: 2.75 }]),
      shift("shf_2", worked(day(0), { worker_id: "wkr_1" })),
    ],
  });
  await company.sync();
  const empty = { subJob: null, costCode: null, location: null, classification: null };
  const same = {
    project: "Harbor Street Depot",
    comments: "Created By SmartBarrel",
    ...empty,
    from: null,
    to: null,
    lunch: null,
  };
  const olavs = { ...same, worker: "Olav Haugen (contact)", date: day(1) };
  expect(cardsOf(company)).toEqual([
    { ...olavs, hours: "5.0", origin: "shf_1:ent_1" },
    { ...olavs, hours: "2.75", origin: "shf_1:ent_2" },
    {
      ...same,
      worker: "Ilse Brandvold (user)",
      date: day(0),
      hours: "8.0",
      origin: "shf_2:ent_1",
    },
  ]);
  await secondPlanIsEmpty();
});

test.each([
  { code: "cc_pier", subJob: "East Pier", costCode: "Pier piles", why: "two segments" },
  { code: "cc_piles", subJob: null, costCode: "Piles", why: "one segment: no sub job" },
  { code: "cc_forms", subJob: null, costCode: "Forms", why: "a code below another one" },
  { code: "cc_only_second", subJob: null, costCode: "Forms", why: "no first segment" },
  { code: null, subJob: null, costCode: null, why: "no cost code at all" },
])("article 2, sub job and cost code: $why", async ({ code, subJob, costCode }) => {
  const entry = { hours: 8, cost_code_id: code };
  company = await openSite({ shifts: [shift("shf_1", worked(day(1)), [entry])] });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ subJob, costCode, hours: "8.0" }]);
  await secondPlanIsEmpty();
});

describe("article 2, what Procore does not have holds the entry, and the other entries go on", () => {
  test.each([
    ["cc_no_code", "Procore has no cost code 99-999 in this project."],
    ["cc_no_code_there", "Procore has no cost code 03-100 in its sub job E."],
    ["cc_no_job", "Procore has no sub job X in this project."],
  ])("the cost code %s", async (code, reason) => {
    const entries = [{ hours: 5, cost_code_id: code }, { hours: 3 }];
    company = await openSite({ shifts: [shift("shf_1", worked(day(1)), entries)] });
    const { plan } = await company.sync();
    expect(plan.held.map((held) => held.reason)).toEqual([expect.stringContaining(reason)]);
    expect(cardsOf(company)).toMatchObject([{ origin: "shf_1:ent_2", hours: "3.0" }]);
    await secondPlanIsEmpty();
  });

  test("a cost code is entered in Procore: the entry that waited for it follows", async () => {
    const entry = { hours: 5, cost_code_id: "cc_no_code" };
    company = await openSite({ shifts: [shift("shf_1", worked(day(1)), [entry])] });
    await company.sync();
    const saved = company.procore.save() as { readonly costCodes: readonly object[] };
    const added = { name: "Cleaning", code: "99-999", project_id: depot };
    company.procore.load({ ...saved, costCodes: [...saved.costCodes, added] });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ costCode: "Cleaning", hours: "5.0" }]);
    await secondPlanIsEmpty();
  });

  test("a cost code that SmartBarrel shows no longer is named by its id", async () => {
    const entry = { hours: 5, cost_code_id: "cc_piles" };
    company = await openSite({ shifts: [shift("shf_1", worked(day(1)), [entry])] });
    await company.sync();
    company.smartbarrel.costCodes.edit("cc_piles", { segment_1: null });
    const { plan } = await company.sync();
    expect(plan.held.map((held) => held.reason)).toEqual([
      expect.stringContaining("Procore has no cost code cc_piles in this project."),
    ]);
    expect(cardsOf(company)).toMatchObject([{ costCode: "Piles" }]);
  });

  test("a SmartBarrel project that is tied to no Procore project", async () => {
    const entry = { hours: 5, location: "Building A" };
    company = await openSite({
      shifts: [shift("shf_1", worked(day(1), { project_id: "prj_3" }), [entry])],
    });
    const { plan } = await company.sync();
    expect(plan.held.map((held) => held.reason)).toEqual([
      expect.stringContaining(
        "The SmartBarrel project of this entry is not tied to a Procore project.",
      ),
    ]);
    expect(company.directory.contacts()).toEqual([]);
    company.smartbarrel.projects.edit("prj_3", { procore_project_id: String(depot) });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ project: "Harbor Street Depot" }]);
    await secondPlanIsEmpty();
  });

  test("hours that nobody has entered", async () => {
    company = await openSite({ shifts: [shift("shf_1", worked(day(1)), [{}])] });
    const { plan } = await company.sync();
    expect(heldLines(plan)).toEqual([`value-missing timecards ${day(1)} Olav Haugen`]);
    expect(plan.held[0]?.reason).toContain("hours would be empty");
    expect(changeLines(plan)).toEqual([]);
  });
});

describe("article 2, location", () => {
  const at = (location: string | null) => [
    shift("shf_1", worked(day(1)), [{ hours: 8, location }]),
  ];

  test.each([
    { location: "Building A > Floor 1", id: 63_002, why: "by its whole name" },
    { location: "Building A", id: 63_001, why: "by its own name, in the same project" },
    { location: "Floor 1", id: null, why: "two have that name: none of them is guessed" },
    { location: "Roof", id: null, why: "none has that name" },
    { location: null, id: null, why: "none is given" },
  ])("$why", async ({ location, id }) => {
    company = await openSite({ shifts: at(location) });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ location: id, hours: "8.0" }]);
    await secondPlanIsEmpty();
  });

  test("one that is entered in Procore later is put on the timecard then", async () => {
    company = await openSite({ shifts: at("Building A") });
    vanish(company.procore, "locations", 63_002);
    vanish(company.procore, "locations", 63_001);
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ location: null }]);
    company.procore.load({
      ...(company.procore.save() as object),
      locations: procoreSite.locations,
    });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ location: 63_001 }]);
    await secondPlanIsEmpty();
  });

  test("with the setting off no timecard gets one", async () => {
    company = await openSite({ shifts: at("Building A"), vars: { locations: false } });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ location: null }]);
    await secondPlanIsEmpty();
  });
});
