import { describe, expect, it } from "vitest";
import { projectFromWire, unfitDate } from "../../connectors/workforce-planning/convert-project.ts";
import { projectsSchema } from "../../connectors/workforce-planning/streams/projects-schema.ts";
import { fitsType } from "../../engine/value/fit.ts";
import {
  call,
  companyId,
  laborChartKeys,
  openOffice,
  problemIn,
  procoreKeys,
  readAll,
  recordIn,
} from "../support/workforce-planning-office.ts";

const groups = [
  { id: "north", name: "North", timezone: "America/Santiago" },
  { id: "south", name: "South", timezone: "Pacific/Kiritimati" },
];

const depot = {
  id: "depot",
  name: "Harbor Street Depot",
  project_number: "26-014",
  start_date: "2026-03-02",
  est_end_date: "2026-12-31",
  timezone: "America/Los_Angeles",
};

const data = { groups, projects: [depot] };

const school = {
  name: "School",
  project_number: "26-015",
  status: "active",
  start_date: "2026-09-06",
  timezone: "America/Santiago",
  bid_rate: 61.5,
  group_ids: "north,south",
};

const create = (fields: object) => ({ fields: { ...fields }, originId: "" });

describe.each([
  { door: "LaborChart's front door", keys: laborChartKeys, base: `/v2/companies/${companyId}` },
  {
    door: "Procore's front door",
    keys: procoreKeys,
    base: "/rest/v1.0/workforce-planning/v2/companies/4242",
  },
])("at $door", ({ keys, base }) => {
  it("a project is created, changed, read and deleted", async () => {
    const { simulator, projects } = await openOffice({ data, strictProjectUpdates: true }, keys);
    const created = recordIn(
      await projects.create?.(create({ ...school, country: "", closed_date: null }), call),
    );
    expect(created.fields).toEqual({ ...school, country: null, closed_date: null });
    expect(simulator.log.at(-1)).toMatchObject({ method: "POST", url: `${base}/projects` });
    expect(simulator.log.at(-1)?.body).toEqual({ ...school, group_ids: ["north", "south"] });

    const record = recordIn(await projects.get?.(created.id, call));
    expect(record.fields).toMatchObject(school);
    const patch = { city_town: "Osorno", project_number: "" };
    const updated = recordIn(await projects.update?.({ record, patch }, call));
    expect(updated.fields).toMatchObject({ ...school, city_town: "Osorno", project_number: null });
    expect(simulator.log.at(-1)).toMatchObject({ url: `${base}/projects/${created.id}` });
    expect(simulator.log.at(-1)?.body).toEqual({
      name: "School",
      status: "active",
      start_date: "2026-09-06",
      city_town: "Osorno",
      project_number: null,
    });

    expect((await readAll(projects)).records).toContainEqual(updated);
    expect((await projects.remove?.(updated, call))?.status).toBe("applied");
    expect(simulator.log.at(-1)?.method).toBe("DELETE");
    expect(await projects.get?.(created.id, call)).toEqual({ status: "missing" });
    expect((await projects.remove?.(updated, call))?.status).toBe("applied");
  });
});

describe("a project", () => {
  it("is read whole, active or not", async () => {
    const { projects } = await openOffice({
      data: { groups, projects: [depot, { id: "annex", name: "Annex", status: "inactive" }] },
    });
    const { records, problem } = await readAll(projects);
    expect(problem).toBeNull();
    expect(records.map(({ fields }) => fields["status"])).toEqual(["active", "inactive"]);
    expect(records[0]).toEqual({
      id: "depot",
      fields: {
        name: "Harbor Street Depot",
        project_number: "26-014",
        status: "active",
        start_date: "2026-03-02",
        est_end_date: "2026-12-31",
        closed_date: null,
        timezone: "America/Los_Angeles",
        address_1: null,
        address_2: null,
        city_town: null,
        state_province: null,
        zipcode: null,
        country: null,
        customer_name: null,
        project_type: null,
        color: null,
        daily_start_time: "7:30 am",
        daily_end_time: "3:30 pm",
        bid_rate: null,
        percent_complete: null,
        group_ids: "north,south",
        created_at: "2026-03-02T08:00:00.000Z",
        updated_at: "2026-03-02T08:00:00.000Z",
      },
    });
    expect(Object.keys(records[0]?.fields ?? {}).sort()).toEqual(
      Object.keys(projectsSchema.fields).sort(),
    );
  });

  it("is put into its groups when it is created, and an update leaves them as the product has them", async () => {
    const { simulator, projects } = await openOffice({ data });
    const { id } = recordIn(await projects.create?.(create(school), call));
    const record = recordIn(await projects.get?.(id, call));
    simulator.editProject(id, { group_ids: ["south"] });
    const patch = { name: "Primary School" };
    const updated = recordIn(await projects.update?.({ record, patch }, call));
    expect(updated.fields).toMatchObject({ name: "Primary School", group_ids: "south" });
  });

  it("that holds the values already is answered with 304 and no body, which is no trouble", async () => {
    const { simulator, projects } = await openOffice({ data });
    const record = recordIn(await projects.get?.("depot", call));
    simulator.editProject("depot", { zipcode: "98402" });
    const updated = recordIn(
      await projects.update?.({ record, patch: { zipcode: "98402" } }, call),
    );
    expect(simulator.log.at(-1)?.status).toBe(304);
    expect(updated.fields).toEqual({ ...record.fields, zipcode: "98402" });
  });

  it("that becomes active needs a start date, and the product's reason is told", async () => {
    const { projects } = await openOffice({ data: { projects: [{ id: "p", name: "Annex" }] } });
    const record = recordIn(await projects.get?.("p", call));
    const update = (patch: object) => projects.update?.({ record, patch: { ...patch } }, call);
    const refused = problemIn(await update({ status: "active" }));
    expect(refused).toMatchObject({ code: "rejected", applied: "no", retry: "never" });
    expect(refused.message).toContain("start_date: is required of an active project");
    const started = await update({ status: "active", start_date: "2026-04-01" });
    expect(recordIn(started).fields["status"]).toBe("active");
  });

  it("is in doubt when the answer to its creation cannot be read", async () => {
    const { simulator, projects } = await openOffice({ data });
    for (const text of ["{}", "[]", '[{"id":"a"},{"id":"b"}]', '"a"']) {
      simulator.faults.add({ kind: "garbage", text, method: "POST", path: /\/projects$/ });
      const problem = problemIn(await projects.create?.(create(school), call));
      expect(problem).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
      expect(problem.message).toContain("without the id of the new project");
    }
  });
});

describe("a date", () => {
  it.each(["zone", "utc"] as const)("is a day in its project's zone, kept in %s", async (kept) => {
    const project = { start_date: "2026-03-02", status: "pending" };
    const projects = [
      { ...project, id: "own", name: "Own", timezone: "Pacific/Pago_Pago" },
      { ...project, id: "first", name: "First", group_ids: ["South", "North"] },
      { ...project, id: "other", name: "Other", group_ids: ["North", "South"] },
    ];
    const office = await openOffice({ data: { groups, projects }, projectDays: kept });
    const { records } = await readAll(office.projects);
    expect(records.map(({ fields }) => fields["start_date"])).toEqual([
      "2026-03-02",
      "2026-03-02",
      "2026-03-02",
    ]);
    const instants = office.simulator.projects().map(({ start_date }) => start_date);
    expect(new Set(instants).size).toBe(kept === "utc" ? 1 : 3);
  });

  it("that is kept as some other instant is the day on which that falls in the zone", async () => {
    const start_date = Date.parse("2026-03-02T23:00:00-08:00");
    const { projects } = await openOffice({
      data: { projects: [{ ...depot, start_date, est_end_date: null }] },
    });
    const { fields } = recordIn(await projects.get?.("depot", call));
    expect(fields).toMatchObject({ start_date: "2026-03-02", est_end_date: null });
  });

  it("is a day in UTC when the group of the project is not there any more", async () => {
    const { simulator, projects } = await openOffice({ data });
    simulator.addProject({ name: "Lost", group_ids: ["west"], start_date: "2026-03-02" });
    const { records } = await readAll(projects);
    expect(records[1]?.fields).toMatchObject({ start_date: "2026-03-02", group_ids: "west" });
    expect(simulator.log.filter(({ url }) => url.endsWith("/groups"))).toHaveLength(2);
  });

  it("stays the same day when the project moves to another zone, because it goes along", async () => {
    const { simulator, projects } = await openOffice({ data });
    const record = recordIn(await projects.get?.("depot", call));
    const days = { start_date: "2026-03-02", est_end_date: "2026-12-31", closed_date: null };
    const patch = { timezone: "Pacific/Kiritimati" };
    const moved = recordIn(await projects.update?.({ record, patch }, call));
    expect(moved.fields).toMatchObject({ ...patch, ...days });
    const { closed_date: _unset, ...sent } = days;
    expect(simulator.log.at(-1)?.body).toEqual({
      ...{ name: depot.name, status: "active" },
      ...patch,
      ...sent,
    });
    expect(recordIn(await projects.get?.("depot", call)).fields).toMatchObject(days);

    // Whoever changes the zone alone moves the days: this is what it would have come to.
    simulator.editProject("depot", { timezone: "Pacific/Pago_Pago" });
    const shifted = recordIn(await projects.get?.("depot", call)).fields;
    expect(shifted).toMatchObject({ start_date: "2026-02-28", est_end_date: "2026-12-29" });

    const back = { timezone: null, start_date: "2026-03-05" };
    const record2 = recordIn(await projects.get?.("depot", call));
    const unset = recordIn(await projects.update?.({ record: record2, patch: back }, call));
    expect(unset.fields).toMatchObject({ ...back, est_end_date: "2026-12-29" });
  });

  it.each([
    ["2026-02-30", '"2026-02-30"'],
    ["03/02/2026", '"03/02/2026"'],
    ["2026-03-02T00:00:00Z", '"2026-03-02T00:00:00Z"'],
    [1772409600000, "1772409600000"],
  ])("is not sent when it is no day: %s", async (est_end_date, shown) => {
    const { simulator, projects } = await openOffice({ data });
    const record = recordIn(await projects.get?.("depot", call));
    simulator.clearLog();
    for (const result of [
      await projects.create?.(create({ ...school, est_end_date }), call),
      await projects.update?.({ record, patch: { est_end_date } }, call),
    ]) {
      const problem = problemIn(result);
      expect(problem).toMatchObject({ code: "rejected", applied: "no", retry: "never" });
      expect(problem.message).toContain(`est_end_date is ${shown}, which is no day`);
    }
    expect(simulator.log).toEqual([]);
    expect(unfitDate({ start_date: "", est_end_date: null, closed_date: "2028-02-29" })).toBeNull();
  });
});

describe("a reading of projects", () => {
  const many = Array.from({ length: 5 }, (_, at) => ({ id: `p${at}`, name: `Site ${at}` }));

  it("goes over pages, in an envelope or bare, after the groups", async () => {
    const { simulator, projects } = await openOffice({ data: { projects: many }, pageSize: 2 });
    const { records } = await readAll(projects);
    expect(records.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    const asked = simulator.log.map(({ url }) => url.replace(/.*\/companies\/[^/]+/, ""));
    expect(asked.slice(1)).toEqual([
      "/groups",
      "/projects?page=0",
      "/projects?page=1",
      "/projects?page=2",
    ]);
    const bare = await openOffice({ data: { projects: many }, listStyle: "bare-everything" });
    expect((await readAll(bare.projects)).records).toHaveLength(5);
  });

  it("stops when the groups cannot be read, for then days may be other days", async () => {
    const { simulator, projects } = await openOffice({ data });
    simulator.faults.add({ kind: "status", status: 403, path: /\/groups$/ });
    const { records, problem } = await readAll(projects);
    expect(records).toEqual([]);
    expect(problem?.code).toBe("permission-denied");
  });

  it("stops at pages that repeat themselves, and calls them what they are", async () => {
    const { simulator, projects } = await openOffice({ data: { projects: many }, pageSize: 2 });
    const text = '{"possible_pages":3,"data":[{"id":"p1","status":"pending"}]}';
    simulator.faults.add({ kind: "garbage", text, path: /\/projects$/, times: 9 });
    const { problem } = await readAll(projects);
    expect(problem?.message).toContain("page 1 of the projects repeats an earlier one");
  });

  it("can miss a project that moves up between two pages, and finds it when it is asked for", async () => {
    const { simulator, projects } = await openOffice({ data: { projects: many }, pageSize: 2 });
    const ids: string[] = [];
    for await (const event of projects.read(call)) {
      if (event.kind === "records") ids.push(...event.records.map(({ id }) => id));
      if (ids.length === 2) simulator.removeProject("p0");
    }
    expect(ids).toEqual(["p0", "p1", "p3", "p4"]);
    expect(await projects.get?.("p2", call)).toMatchObject({ status: "found" });
  });
});

describe("an update of a project whose group is new, while the groups cannot be read", () => {
  it("was carried out, and does not tell the days that depend on the group", async () => {
    const unzoned = { ...depot, timezone: null };
    const { simulator, projects } = await openOffice({ data: { groups, projects: [unzoned] } });
    const record = recordIn(await projects.get?.("depot", call));
    simulator.load({ groups: ["New"], projects: [unzoned] });
    simulator.faults.add({ kind: "status", status: 403, path: /\/groups$/ });
    const patch = { name: "Depot" };
    const { fields } = recordIn(await projects.update?.({ record, patch }, call));
    expect(fields).toMatchObject({ name: "Depot", closed_date: null });
    expect(fields).not.toHaveProperty("start_date");
  });
});

describe("a project on the wire", () => {
  const wire = { id: "p1", status: "pending", timezone: "UTC", group_ids: ["g1"] };
  const noon = Date.parse("2026-03-02T12:00:00Z");

  function readWire(more: object) {
    return projectFromWire({ ...wire, ...more }, new Map([["g1", "Pacific/Kiritimati"]]));
  }

  it.each([
    ["an instant", { start_date: noon }, "2026-03-02"],
    ["an instant as text", { start_date: "2026-03-02T23:30:00-08:00" }, "2026-03-03"],
    ["a plain day", { start_date: "2026-03-02" }, "2026-03-02"],
    ["nothing", { start_date: null }, null],
    ["empty text", { start_date: "" }, null],
    ["untold", {}, undefined],
    ["a time beyond four-digit years", { start_date: 8e15 }, undefined],
    ["a time beyond all time", { start_date: 1e300 }, undefined],
    ["a time before the year 1", { start_date: -8e15 }, undefined],
    ["in the zone of its group", { start_date: noon, timezone: null }, "2026-03-03"],
    ["in the zone of its group, told as empty", { start_date: noon, timezone: "" }, "2026-03-03"],
    ["of no group", { start_date: noon, timezone: null, group_ids: [] }, "2026-03-02"],
    ["in a zone that nobody knows", { start_date: noon, timezone: "Mars/Olympus" }, undefined],
    ["empty in a zone that nobody knows", { start_date: null, timezone: "Mars/Olympus" }, null],
  ])("tells its start date as %s", (_name, more, day) => {
    const converted = readWire(more);
    expect(converted.ok && converted.record.fields["start_date"]).toBe(day);
  });

  it.each([
    [{ start_date: "soon" }, "a string in start_date and not a date or null"],
    [{ start_date: {}, timezone: "Mars/Olympus" }, "an object in start_date"],
    [{ status: "archived" }, "a string in status and not active or pending or inactive"],
    [{ status: undefined }, "nothing in status"],
    [{ bid_rate: "61.5" }, "a string in bid_rate and not a number or null"],
  ])("is not read with %j", (more, reason) => {
    const converted = readWire(more);
    expect(converted.ok ? "read" : converted.reason).toContain(`the project p1 has ${reason}`);
  });

  it("is none that is no object", () => {
    expect(projectFromWire([], null)).toMatchObject({ ok: false });
  });
});

describe("a value of a project", () => {
  function fitOf(name: string, value: string) {
    const field = projectsSchema.fields[name];
    if (!field) throw new Error(`There is no field ${name}.`);
    return fitsType(field.type, value, field);
  }

  it.each([
    ["7:30 am", "7:30 am"],
    ["07:30AM", "7:30 am"],
    ["12:07 am", "12:00 am"],
    ["12:08 am", "12:15 am"],
    ["11:53 AM", "12:00 pm"],
    ["11:53 pm", "12:00 am"],
    ["12:45 pm", "12:45 pm"],
  ])("that is the time of day %s is spelled as the product does", (text, spelled) => {
    expect(fitOf("daily_start_time", text)).toEqual({ ok: true, value: spelled });
    const converted = projectFromWire(
      { id: "p1", status: "pending", daily_end_time: spelled.toUpperCase() },
      null,
    );
    expect(converted.ok && converted.record.fields["daily_end_time"]).toBe(spelled);
  });

  it.each(["7:30", "13:30 pm", "0:15 am", "7:60 am", "early"])("is no time of day: %s", (text) => {
    expect(fitOf("daily_end_time", text)).toMatchObject({
      ok: false,
      why: `"${text}" is no time of day such as 7:30 am`,
    });
  });

  it("that is a color has the form of the product's", () => {
    expect(fitOf("color", "#33aaFF")).toEqual({ ok: true, value: "#33aaFF" });
    for (const text of ["red", "#36a", "#3366AAFF"]) expect(fitOf("color", text).ok).toBe(false);
  });
});
