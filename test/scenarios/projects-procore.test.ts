import { afterEach, describe, expect, test } from "vitest";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  heldLines,
  openCompany,
} from "../support/company.ts";
import { planningProjects, procoreProjects } from "../support/projects.ts";

/* Procore is the system of record of projects, which is the default. Product items: J-001 to J-025, X-, H-. */

let company: Company;

afterEach(() => company.close());

const groups = [
  { name: "Seattle office", timezone: "America/Los_Angeles" },
  { name: "Portland office", timezone: "America/Los_Angeles" },
];

const depot = {
  name: "Harbor Street Depot",
  project_number: "26-014",
  active: true,
  start_date: "2026-03-02",
  completion_date: "2026-12-31",
  address: "400 Harbor St",
  city: "Tacoma",
  zip: "98402",
  state_code: "WA",
  country_code: "US",
  time_zone: "Pacific Time (US & Canada)",
};

async function open(projects: readonly object[], more: CompanyOptions = {}): Promise<Company> {
  company = await openCompany({
    mappings: ["projects"],
    ...more,
    wfp: { groups, ...more.wfp },
    procore: { projects, ...more.procore },
  });
  return company;
}

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

function writesTo(system: "wfp" | "procore"): number {
  return company[system].log.filter(({ method, url }) => method !== "GET" && !url.includes("token"))
    .length;
}

test("J-001 J-002 J-005 W-004 W-011 Procore is the system of record unless it is told otherwise, and one direction lives", async () => {
  await open([depot]);
  const plan = await company.plan();
  expect(plan.rules.map(({ rule, role }) => [rule, role])).toEqual([
    ["to-wfp", "authoritative"],
    ["to-procore", "dormant"],
  ]);
  expect(plan.findings.map(({ message }) => message)).toContain(
    "The rule to-procore of projects plans nothing: it writes to procore, which is the system of record.",
  );
});

test("J-003 H-001 projects and people run once an hour", async () => {
  await open([], { mappings: ["projects", "people"] });
  const schedules = company.engine.project.mappings.map(({ name, schedule }) => [name, schedule]);
  expect(Object.fromEntries(schedules)).toEqual({ people: "0 * * * *", projects: "0 * * * *" });
});

test("J-004 J-006 J-007 J-008 J-009 J-010 J-011 J-012 J-013 J-014 J-020 J-021 W-001 W-010 a project of Procore appears with its nine fields, in every group", async () => {
  await open([depot]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create to-wfp 26-014 Harbor Street Depot"]);
  const made = planningProjects(company).get("26-014");
  expect(made).toMatchObject({
    name: "Harbor Street Depot",
    project_number: "26-014",
    status: "active",
    start_date: Date.parse("2026-03-02T08:00:00Z"),
    est_end_date: Date.parse("2026-12-31T08:00:00Z"),
    address_1: "400 Harbor St",
    city_town: "Tacoma",
    zipcode: "98402",
    timezone: "America/Los_Angeles",
  });
  expect(made["group_ids"]).toHaveLength(groups.length);
  await secondPlanIsEmpty();
});

test("J-015 other fields are neither written nor touched, on either side", async () => {
  await open([{ ...depot, description: "Rail yard", county: "Pierce" }]);
  await company.sync();
  const wfp = planningProjects(company);
  expect(wfp.get("26-014")).toMatchObject({
    state_province: null,
    country: null,
    customer_name: null,
  });
  wfp.edit("26-014", {
    state_province: "Washington",
    customer_name: "Port of Tacoma",
    color: "#3366AA",
    address_2: "Gate 4",
  });
  await secondPlanIsEmpty();
  procoreProjects(company).edit("26-014", { city: "Fife", state_code: "OR" });
  const { plan } = await company.sync();
  const fields = plan.changes.flatMap((change) => ("fields" in change ? change.fields : []));
  expect(fields.map(({ field }) => field)).toEqual(["city_town"]);
  expect(wfp.get("26-014")).toMatchObject({
    city_town: "Fife",
    state_province: "Washington",
    customer_name: "Port of Tacoma",
    color: "#3366AA",
    address_2: "Gate 4",
  });
  expect(writesTo("procore")).toBe(0);
});

test("J-022 J-023 groups that are edited in Workforce Planning afterwards stay as edited", async () => {
  await open([depot]);
  await company.sync();
  const wfp = planningProjects(company);
  const [kept] = wfp.get("26-014")["group_ids"] as readonly string[];
  wfp.edit("26-014", { group_ids: [kept ?? ""] });
  procoreProjects(company).edit("26-014", { name: "Harbor Street Depot, phase 2" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update to-wfp 26-014 Harbor Street Depot, phase 2"]);
  expect(wfp.get("26-014")["group_ids"]).toEqual([kept]);
  await secondPlanIsEmpty();
});

test("J-024 X-001 a project that is made in Workforce Planning stays there, and the plan names it", async () => {
  await open([depot]);
  await company.sync();
  company.wfp.addProject({ name: "Bid: Lakeside Clinic", project_number: "26-900" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  const finding = plan.findings.find(({ code }) => code === "unmanaged");
  expect(finding?.message).toBe("One project in wfp has no project in procore.");
  expect(finding?.records.map(({ label }) => label)).toEqual(["26-900 Bid: Lakeside Clinic"]);
  expect(procoreProjects(company).all()).toHaveLength(1);
});

test("J-008 a project that ends becomes inactive, and active again when it starts again", async () => {
  await open([depot]);
  await company.sync();
  const wfp = planningProjects(company);
  procoreProjects(company).edit("26-014", { active: false });
  expect(changeLines((await company.sync()).plan)).toEqual([
    "update to-wfp 26-014 Harbor Street Depot",
  ]);
  expect(wfp.get("26-014")["status"]).toBe("inactive");
  await secondPlanIsEmpty();
  procoreProjects(company).edit("26-014", { active: true });
  await company.sync();
  expect(wfp.get("26-014")["status"]).toBe("active");
  await secondPlanIsEmpty();
});

test("J-008 J-009 an active project without a start date is pending there, and active as soon as it has one", async () => {
  await open([{ ...depot, start_date: null }]);
  await company.sync();
  const wfp = planningProjects(company);
  expect(wfp.get("26-014")).toMatchObject({ status: "pending", start_date: null });
  await secondPlanIsEmpty();
  procoreProjects(company).edit("26-014", { start_date: "2026-05-04" });
  await company.sync();
  expect(wfp.get("26-014")["status"]).toBe("active");
  procoreProjects(company).edit("26-014", { start_date: null });
  await company.sync();
  expect(wfp.get("26-014")).toMatchObject({ status: "pending", start_date: null });
  await secondPlanIsEmpty();
});

test("J-020 a project that is over and was never linked is not brought in", async () => {
  await open([{ ...depot, active: false }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.passedOver.map(({ code }) => code)).toEqual(["not-brought-in"]);
});

test("X-005 what is changed in Workforce Planning is set back at the next run", async () => {
  await open([depot]);
  await company.sync();
  const wfp = planningProjects(company);
  wfp.edit("26-014", {
    name: "Depot",
    est_end_date: Date.parse("2027-06-30T07:00:00Z"),
    zipcode: null,
  });
  const { plan } = await company.sync();
  expect(plan.changes.map(({ reason }) => reason)).toEqual([
    "The target was changed and is set back: name, est_end_date, zipcode.",
  ]);
  expect(wfp.get("26-014")).toMatchObject({
    name: "Harbor Street Depot",
    est_end_date: Date.parse("2026-12-31T08:00:00Z"),
    zipcode: "98402",
  });
  await secondPlanIsEmpty();
});

test("H-002 H-003 a change right after a run waits for the next one, and until then nothing is wrong", async () => {
  await open([depot]);
  await company.sync();
  procoreProjects(company).add({ ...depot, project_number: "26-015", name: "Pump Station" });
  expect(planningProjects(company).all()).toHaveLength(1);
  const { plan, result } = await company.sync();
  expect(result.status).toBe("applied");
  expect(heldLines(plan)).toEqual([]);
  expect(planningProjects(company).all()).toHaveLength(2);
  await secondPlanIsEmpty();
});

test("a project that is deleted in Workforce Planning is not made a second time without a person's word", async () => {
  await open([depot]);
  await company.sync();
  planningProjects(company).remove("26-014");
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan)).toEqual(["lost to-wfp 26-014 Harbor Street Depot"]);
});

test("a project that Procore no longer shows is left alone in Workforce Planning", async () => {
  await open([depot]);
  await company.sync();
  procoreProjects(company).remove("26-014");
  expect(changeLines((await company.sync()).plan)).toEqual([]);
  expect(planningProjects(company).get("26-014")["status"]).toBe("active");
});

test("a project without a number is held, because nothing could recognise it later", async () => {
  await open([{ ...depot, project_number: null }]);
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual(["keyless to-wfp Harbor Street Depot"]);
  expect(planningProjects(company).all()).toEqual([]);
});

describe("J-009 J-010 J-014 days are days in the zone of the project", () => {
  test.each([
    ["Hawaii", "Pacific/Honolulu", "zone"],
    ["Hawaii", "Pacific/Honolulu", "utc"],
    ["Auckland", "Pacific/Auckland", "zone"],
    ["Auckland", "Pacific/Auckland", "utc"],
    ["Santiago", "America/Santiago", "zone"],
    ["Kathmandu", "Asia/Kathmandu", "zone"],
  ] as const)(
    "%s, with days kept as they begin in: %s, %s",
    async (time_zone, zone, projectDays) => {
      // Days on which clocks change somewhere, and their neighbours.
      const days = [
        "2026-03-07",
        "2026-03-08",
        "2026-03-09",
        "2026-04-05",
        "2026-09-06",
        "2026-11-01",
      ];
      const projects = days.map((day, index) => ({
        ...depot,
        project_number: `26-${index}`,
        time_zone,
        start_date: day,
        completion_date: days.at(-1 - index),
      }));
      await open(projects, { projectDays });
      await company.sync();
      expect(
        planningProjects(company)
          .all()
          .map((each) => each["timezone"]),
      ).toEqual(days.map(() => zone));
      await secondPlanIsEmpty();
    },
  );

  test("a project that moves to another zone keeps its days, in one run", async () => {
    await open([depot]);
    await company.sync();
    procoreProjects(company).edit("26-014", { time_zone: "Hawaii" });
    const { plan } = await company.sync();
    const fields = plan.changes.flatMap((change) => ("fields" in change ? change.fields : []));
    expect(fields.map(({ field }) => field)).toEqual(["timezone"]);
    expect(planningProjects(company).get("26-014")["start_date"]).toBe(
      Date.parse("2026-03-02T10:00:00Z"),
    );
    await secondPlanIsEmpty();
  });
});
