import { afterEach, expect, test } from "vitest";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  heldLines,
  openCompany,
} from "../support/company.ts";
import { planningProjects, procoreProjects } from "../support/projects.ts";

/* Projects that exist on both sides, and what happens when the other side becomes right. Product items: L-017, X-. */

let company: Company;

afterEach(() => company.close());

const depot = {
  name: "Harbor Street Depot",
  project_number: "26-014",
  active: true,
  start_date: "2026-03-02",
  city: "Tacoma",
  time_zone: "Pacific Time (US & Canada)",
};
const depotThere = {
  name: "Harbor Street Depot",
  project_number: "26-014",
  status: "active",
  start_date: "2026-03-01",
  city_town: "Seattle",
  timezone: "America/Los_Angeles",
};

async function open(more: CompanyOptions = {}): Promise<Company> {
  company = await openCompany({
    mappings: ["projects"],
    wfp: { groups: [{ name: "Seattle", timezone: "America/Los_Angeles" }], projects: [depotThere] },
    procore: { projects: [depot] },
    ...more,
  });
  return company;
}

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

test("L-017 L-019 X-002 X-003 X-004 equal numbers alone tie nothing; the operator's linking run does, and writes nothing", async () => {
  await open();
  const early = await company.sync();
  expect(changeLines(early.plan)).toEqual([]);
  expect(heldLines(early.plan)).toEqual(["found to-wfp 26-014 Harbor Street Depot"]);
  const { plan } = await company.link();
  expect(changeLines(plan)).toEqual(["link to-wfp 26-014 Harbor Street Depot"]);
  expect(planningProjects(company).get("26-014")["city_town"]).toBe("Seattle");
});

test("X-005 after the link the project is in the normal sync, and the values of the system of record win", async () => {
  await open();
  await company.link();
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update to-wfp 26-014 Harbor Street Depot"]);
  expect(planningProjects(company).get("26-014")).toMatchObject({
    city_town: "Tacoma",
    start_date: Date.parse("2026-03-02T08:00:00Z"),
  });
  expect(procoreProjects(company).get("26-014")["city"]).toBe("Tacoma");
  await secondPlanIsEmpty();
});

test("X-001 X-008 a project that came up outside later waits for the operator, who can link it at any time, alone", async () => {
  await open();
  await company.link();
  await company.sync();
  company.wfp.addProject({ name: "Pump Station", project_number: "26-015" });
  company.wfp.addProject({ name: "Rail Yard", project_number: "26-016" });
  procoreProjects(company).add({ ...depot, name: "Pump Station", project_number: "26-015" });
  procoreProjects(company).add({ ...depot, name: "Rail Yard", project_number: "26-016" });
  const held = ["found to-wfp 26-015 Pump Station", "found to-wfp 26-016 Rail Yard"];
  expect(heldLines((await company.sync()).plan)).toEqual(held);
  const { id } = procoreProjects(company).get("26-015");
  const only = [`procore/projects/${id}`];
  await company.apply(await company.plan({ purpose: "link", only }));
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update to-wfp 26-015 Pump Station"]);
  expect(heldLines(plan)).toEqual(held.slice(1));
  await secondPlanIsEmpty();
});

test("L-004 L-006 projects with one number and different names are held with both names", async () => {
  await open({ procore: { projects: [{ ...depot, name: "Harbor St. Depot" }] } });
  const { plan } = await company.link();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.held[0]).toMatchObject({
    code: "disagrees",
    candidates: [
      {
        differences: [{ field: "name", source: "Harbor St. Depot", target: "Harbor Street Depot" }],
      },
    ],
  });
});

test("two projects with one number are held, on whichever side they are", async () => {
  await open({ procore: { projects: [depot, { ...depot, name: "Harbor Street Depot 2" }] } });
  expect(heldLines((await company.link()).plan)).toEqual([
    "ambiguous to-wfp 26-014 Harbor Street Depot",
    "ambiguous to-wfp 26-014 Harbor Street Depot 2",
  ]);
});

test("when the other side becomes the system of record, nothing is planned until a linking run, and links are turned round", async () => {
  await open();
  await company.link();
  await company.sync();
  // One was made by the sync, and nobody keeps its number any more: a key could not find it again.
  procoreProjects(company).add({ ...depot, name: "Pump Station", project_number: "26-015" });
  await company.sync();
  const pump = planningProjects(company).get("26-015");
  company.wfp.editProject(pump.id, { project_number: null });
  company.wfp.addProject({ name: "Made there", project_number: "26-100" });

  await company.reopen({ env: { PROJECTS_SYSTEM_OF_RECORD: "wfp" } });
  const refused = await company.plan();
  expect(refused.guards).toMatchObject([
    { code: "system-of-record-changed", mapping: "projects", allowed: false },
  ]);
  expect(refused.guards[0]?.message).toContain("was procore/projects");
  expect(refused.guards[0]?.message).toContain("is wfp/projects now");
  expect(refused.guards[0]?.message).toContain("syncctl link --mapping projects");
  expect(refused.changes).toEqual([]);
  expect(await company.apply(refused)).toMatchObject({ status: "refused" });
  const forced = await company.plan({ allow: ["projects:system-of-record-changed"] });
  expect(forced.guards[0]?.allowed).toBe(false);

  const linking = await company.link();
  expect(changeLines(linking.plan).toSorted()).toEqual([
    "link to-procore 26-014 Harbor Street Depot",
    "link to-procore Pump Station",
  ]);
  expect(linking.plan.changes.map(({ reason }) => reason)).toEqual([
    "They were linked while procore/projects was the system of record.",
    "They were linked while procore/projects was the system of record.",
  ]);
  const { links } = await company.store.load("projects");
  expect(links.map(({ rule }) => rule)).toEqual(["to-procore", "to-procore"]);
  expect((await company.store.bindings())[0]?.systemOfRecord).toBe("wfp/projects");

  const { plan } = await company.sync();
  expect(changeLines(plan).toSorted()).toEqual([
    "create to-procore 26-100 Made there",
    "update to-procore Pump Station",
  ]);
  expect(procoreProjects(company).all()).toHaveLength(3);
  await secondPlanIsEmpty();
});

test("a plan from before the mapping was turned round is refused when it is applied", async () => {
  await open();
  await company.link();
  procoreProjects(company).add({ ...depot, name: "Pump Station", project_number: "26-015" });
  const old = await company.plan();
  expect(changeLines(old)).toContain("create to-wfp 26-015 Pump Station");
  await company.reopen({ env: { PROJECTS_SYSTEM_OF_RECORD: "wfp" } });
  await company.link();
  await company.reopen({ env: {} });
  expect(await company.apply(old)).toMatchObject({
    status: "refused",
    refusal: { code: "system-of-record-changed" },
  });
  expect(planningProjects(company).all()).toHaveLength(1);
  expect((await company.store.bindings())[0]?.systemOfRecord).toBe("wfp/projects");
});

test("a part of a linking run does not turn the mapping round", async () => {
  await open();
  await company.link();
  await company.reopen({ env: { PROJECTS_SYSTEM_OF_RECORD: "wfp" } });
  const none = await company.plan({ purpose: "link", only: ["wfp/projects/nobody"] });
  expect((await company.apply(none)).status).toBe("applied");
  expect((await company.plan()).guards.map(({ code }) => code)).toEqual([
    "system-of-record-changed",
  ]);
  await company.link();
  expect((await company.plan()).guards).toEqual([]);
});

test("back again: going to and fro makes no second project", async () => {
  await open();
  await company.link();
  await company.sync();
  for (const side of ["wfp", "procore", "wfp", "procore"]) {
    await company.reopen({ env: { PROJECTS_SYSTEM_OF_RECORD: side } });
    await company.link();
    await company.sync();
    await secondPlanIsEmpty();
  }
  expect(planningProjects(company).all()).toHaveLength(1);
  expect(procoreProjects(company).all()).toHaveLength(1);
  expect((await company.store.load("projects")).links).toHaveLength(1);
});
