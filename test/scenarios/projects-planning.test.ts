import { afterEach, expect, test } from "vitest";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  heldLines,
  openCompany,
} from "../support/company.ts";
import { planningProjects, procoreProjects } from "../support/projects.ts";

/* Workforce Planning is the system of record of projects. Product items: J-030 to J-033, J-001 to J-015. */

let company: Company;

afterEach(() => company.close());

const clinic = {
  name: "Lakeside Clinic",
  project_number: "26-021",
  status: "active" as const,
  start_date: "2026-02-01",
  est_end_date: "2027-01-15",
  address_1: "12 Levee Rd",
  address_2: "Suite 4",
  city_town: "Greeley",
  state_province: "CO",
  zipcode: "80631",
  country: "United States",
  customer_name: "Lakeside Health",
  timezone: "America/Denver",
};

async function open(projects: readonly object[], more: CompanyOptions = {}): Promise<Company> {
  company = await openCompany({
    mappings: ["projects"],
    env: { PROJECTS_SYSTEM_OF_RECORD: "wfp" },
    ...more,
    wfp: { groups: [{ name: "Denver office", timezone: "America/Denver" }], projects },
    procore: { ...more.procore },
  });
  return company;
}

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

test("J-001 J-005 W-004 W-011 Workforce Planning can be the system of record, and then the other direction lives", async () => {
  await open([clinic]);
  expect((await company.plan()).rules.map(({ rule, role }) => [rule, role])).toEqual([
    ["to-wfp", "dormant"],
    ["to-procore", "authoritative"],
  ]);
});

test("J-006 J-007 J-008 J-009 J-010 J-011 J-012 J-013 J-014 J-015 J-030 J-031 a project appears in Procore with its nine fields and without a template", async () => {
  await open([clinic]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create to-procore 26-021 Lakeside Clinic"]);
  expect(procoreProjects(company).get("26-021")).toMatchObject({
    name: "Lakeside Clinic",
    project_number: "26-021",
    active: true,
    start_date: "2026-02-01",
    completion_date: "2027-01-15",
    address: "12 Levee Rd",
    city: "Greeley",
    zip: "80631",
    time_zone: "Mountain Time (US & Canada)",
    state_code: null,
    country_code: null,
  });
  const [create] = company.procore.log.filter(
    ({ method, url }) => method === "POST" && url.includes("/projects"),
  );
  const body = create?.body as { readonly project: object } | undefined;
  expect(Object.keys(body?.project ?? {}).sort()).toEqual(
    [
      "name",
      "project_number",
      "active",
      "start_date",
      "completion_date",
      "address",
      "city",
      "zip",
      "time_zone",
    ].sort(),
  );
  await secondPlanIsEmpty();
});

test("J-032 a project that is made in Procore stays there, and the plan names it", async () => {
  await open([clinic], { procore: { projects: [{ name: "Old Mill", project_number: "19-001" }] } });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create to-procore 26-021 Lakeside Clinic"]);
  expect(plan.findings.find(({ code }) => code === "unmanaged")?.records).toMatchObject([
    { label: "19-001 Old Mill" },
  ]);
  expect(planningProjects(company).all()).toHaveLength(1);
});

test("J-008 a pending project is not active in Procore, where it appears all the same", async () => {
  await open([{ ...clinic, status: "pending", start_date: null }]);
  await company.sync();
  expect(procoreProjects(company).get("26-021")).toMatchObject({ active: false, start_date: null });
  await secondPlanIsEmpty();
  planningProjects(company).edit("26-021", {
    status: "active",
    start_date: Date.parse("2026-02-01T07:00:00Z"),
  });
  await company.sync();
  expect(procoreProjects(company).get("26-021")).toMatchObject({
    active: true,
    start_date: "2026-02-01",
  });
  await secondPlanIsEmpty();
});

test("J-008 a project that ends becomes inactive in Procore; one that was over from the start is not brought in", async () => {
  await open([clinic, { ...clinic, project_number: "20-001", name: "Old", status: "inactive" }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create to-procore 26-021 Lakeside Clinic"]);
  planningProjects(company).edit("26-021", { status: "inactive" });
  await company.sync();
  expect(procoreProjects(company).get("26-021")["active"]).toBe(false);
  await secondPlanIsEmpty();
});

test("J-014 zones go by Procore's own names: an alias, one that shows the same time, and an empty one that is left alone", async () => {
  await open([
    { ...clinic, project_number: "1", timezone: "US/Mountain" },
    { ...clinic, project_number: "2", timezone: "America/Detroit" },
    { ...clinic, project_number: "3", timezone: null },
    { ...clinic, project_number: "4", timezone: "America/Nuuk" },
  ]);
  await company.sync();
  const zones = procoreProjects(company)
    .all()
    .map((each) => [each["project_number"], each["time_zone"]]);
  expect(Object.fromEntries(zones)).toMatchObject({
    "1": "Mountain Time (US & Canada)",
    "2": "Eastern Time (US & Canada)",
    "4": "Greenland",
  });
  await secondPlanIsEmpty();
});

test("J-014 a zone that Procore does not have holds the project with its reason, and the others go on", async () => {
  await open([
    clinic,
    { ...clinic, project_number: "26-099", name: "Troll", timezone: "Antarctica/Troll" },
  ]);
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual(["value-unfit to-procore 26-099 Troll"]);
  expect(plan.held[0]?.reason).toContain("Antarctica/Troll");
  expect(plan.held[0]?.reason).toContain("Procore");
  expect(procoreProjects(company).all()).toHaveLength(1);
});

test("J-005 X-005 what is changed in Procore is set back, and what is changed in Workforce Planning is written", async () => {
  await open([clinic]);
  await company.sync();
  procoreProjects(company).edit("26-021", { name: "Clinic", completion_date: "2027-02-28" });
  planningProjects(company).edit("26-021", { city_town: "Evans", est_end_date: null });
  const { plan } = await company.sync();
  expect(plan.changes.map(({ reason }) => reason)).toEqual([
    "The target was changed and is set back: name; both sides changed, and the source is right: completion_date; the source changed: city.",
  ]);
  expect(procoreProjects(company).get("26-021")).toMatchObject({
    name: "Lakeside Clinic",
    completion_date: null,
    city: "Evans",
  });
  await secondPlanIsEmpty();
});

test("J-009 J-010 days are the same in Procore for projects far west and far east", async () => {
  const zones = ["Pacific/Pago_Pago", "Pacific/Apia", "Australia/Adelaide", "America/St_Johns"];
  await open(
    zones.map((timezone, index) => ({
      ...clinic,
      project_number: `26-${index}`,
      timezone,
      start_date: "2026-03-08",
      est_end_date: "2026-11-01",
    })),
  );
  await company.sync();
  for (const project of procoreProjects(company).all()) {
    expect(project).toMatchObject({ start_date: "2026-03-08", completion_date: "2026-11-01" });
  }
  await secondPlanIsEmpty();
});
