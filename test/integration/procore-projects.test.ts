import { describe, expect, test } from "vitest";
import {
  appliedRecord,
  call,
  newRecord,
  type ProcoreOffice,
  problemOf,
  procoreOffices,
  readAll,
  readOne,
  saved,
} from "../support/procore-directory.ts";

const open = procoreOffices();

const depot = {
  id: 88_000_000_201,
  name: "Harbor Street Depot",
  project_number: "26-014",
  city: "Tacoma",
  start_date: "2026-04-01",
  completion_date: "2027-02-28",
};

function numbered(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    name: `Number ${index}`,
    id: 101 + index,
  }));
}

/** How the last write went over the wire. */
function lastBody({ simulator }: ProcoreOffice): unknown {
  return simulator.log.findLast(({ method }) => method !== "GET")?.body;
}

describe("reading projects", () => {
  test("active and inactive projects come, each once, over as many pages as it takes", async () => {
    const projects = numbered(7).map((each, index) => ({ ...each, active: index !== 3 }));
    const { stream } = await open({ data: { projects }, simulator: { pageLengthMax: 2 } });
    const { records, pages, problem } = await readAll(stream("projects"));
    expect(problem).toBeNull();
    expect(pages).toBe(4);
    expect(records.map(({ fields }) => fields["name"])).toEqual(projects.map(({ name }) => name));
    expect(records.filter(({ fields }) => fields["active"] === false)).toHaveLength(1);
  });

  test("more than a page holds are read by following the links, three hundred at a time", async () => {
    const { stream, simulator } = await open({ data: { projects: numbered(650) } });
    const { records, pages } = await readAll(stream("projects"));
    expect(records).toHaveLength(650);
    expect(pages).toBe(3);
    expect(simulator.log.filter(({ url }) => url.includes("/v1.1/projects"))).toHaveLength(3);
  });

  test("a project that slips between two pages, because another one is renamed, is read all the same", async () => {
    const { stream } = await open({
      data: { projects: numbered(6) },
      simulator: { pageLengthMax: 2 },
    });
    const ids: string[] = [];
    let end = "";
    for await (const event of stream("projects").read(call)) {
      if (event.kind !== "records") end = event.kind;
      else {
        ids.push(...event.records.map(({ id }) => id));
        const first = event.records.find(({ id }) => id === "101");
        if (first) {
          await stream("projects").update?.({ record: first, patch: { name: "Z" } }, call);
        }
      }
    }
    expect(end).toBe("end");
    expect(ids.sort()).toEqual(["101", "102", "103", "104", "105", "106"]);
  });

  test("a project is told with its zone, its stage and its days, and looks the same when shown", async () => {
    const more = {
      time_zone: "Kyiv",
      project_stage_id: "Course of Construction",
      county: "Pierce",
      actual_start_date: "2026-04-02",
      projected_finish_date: "2027-03-31",
      origin_id: "erp:26-014",
    };
    const { stream } = await open({ data: { projects: [{ ...depot, ...more }, "Ferry Landing"] } });
    const { records } = await readAll(stream("projects"));
    for (const record of records) {
      expect(await stream("projects").get?.(record.id, call)).toEqual({ status: "found", record });
    }
    const { fields } = await readOne(stream("projects"), "name", "Harbor Street Depot");
    expect(fields).toMatchObject({
      id: "88000000201",
      display_name: "26-014 - Harbor Street Depot",
      time_zone: "Europe/Kiev",
      project_stage: "Course of Construction",
      county: "Pierce",
      start_date: "2026-04-01",
      completion_date: "2027-02-28",
      actual_start_date: "2026-04-02",
      projected_finish_date: "2027-03-31",
      address: null,
      active: true,
      origin_id: "erp:26-014",
    });
    const other = await readOne(stream("projects"), "name", "Ferry Landing");
    expect(other.fields).toMatchObject({ start_date: null, project_stage: null, city: null });
  });

  test("where the zone of the tz database is not told, Procore's name for it is understood", async () => {
    const { stream, simulator } = await open();
    const body = [
      { id: 7, name: "Depot", time_zone: "US/Pacific" },
      { id: 8, name: "Landing", time_zone: "Moon" },
    ];
    simulator.faults.add({ kind: "status", status: 200, path: /v1\.1\/projects$/, body });
    const { records, problem } = await readAll(stream("projects"));
    expect(problem).toBeNull();
    expect(records.map(({ fields }) => fields["time_zone"])).toEqual([
      "America/Los_Angeles",
      undefined,
    ]);
  });

  test("a row of another shape stops the reading", async () => {
    const { stream, simulator } = await open();
    const body = [{ id: 7, name: "Depot", completion_date: "02/28/2027" }];
    simulator.faults.add({ kind: "status", status: 200, path: /v1\.1\/projects$/, body });
    const { problem } = await readAll(stream("projects"));
    expect(problem?.code).toBe("answer-unreadable");
    expect(problem?.message).toContain("completion_date of project 7 is no day");
  });
});

describe("creating projects", () => {
  const fields = {
    name: "Mill Creek Bridge",
    project_number: "26-015",
    active: true,
    start_date: "2026-05-01",
    address: "12 Levee Rd",
    city: "Greeley",
    zip: "80631",
    time_zone: "America/Denver",
  };

  test("a new project is returned whole, as it is read", async () => {
    const opened = await open();
    const { stream } = opened;
    const item = newRecord({ ...fields, completion_date: null });
    const created = appliedRecord(await stream("projects").create?.(item, call));
    expect(created.fields).toMatchObject({ ...fields, completion_date: null, county: null });
    expect((await readAll(stream("projects"))).records).toEqual([created]);
    expect(lastBody(opened)).toEqual({
      company_id: 4242,
      project: { ...fields, time_zone: "Mountain Time (US & Canada)" },
    });
  });

  test("a template is named when it is asked for, and not told afterwards", async () => {
    const template = { id: 9001, name: "Bridges", template: true };
    const { stream, simulator } = await open({ data: { projects: [template] } });
    const item = newRecord({ ...fields, project_template_id: 9001 });
    const created = appliedRecord(await stream("projects").create?.(item, call));
    expect(created.fields).not.toHaveProperty("project_template_id");
    expect(saved(simulator).projects[1]).toMatchObject({ project_template_id: 9001 });
  });

  test.for([
    { what: "a day that does not exist", wrong: { start_date: "2026-02-30" } },
    { what: "a day in another form", wrong: { completion_date: "28.02.2027" } },
    { what: "a time zone without a like", wrong: { time_zone: "Australia/Lord_Howe" } },
    { what: "no time zone at all", wrong: { time_zone: "Moon" } },
  ])("$what is refused before anything is sent", async ({ wrong }) => {
    const { stream, simulator } = await open({ data: { projects: [depot] } });
    const record = await readOne(stream("projects"), "name", depot.name);
    simulator.clearLog();
    const results = [
      await stream("projects").create?.(newRecord({ ...fields, ...wrong }), call),
      await stream("projects").update?.({ record, patch: wrong }, call),
      ...((await stream("projects").updateMany?.([{ record, patch: wrong }], call)) ?? []),
    ];
    expect(results).toHaveLength(3);
    for (const result of results) {
      expect(problemOf(result)).toMatchObject({ code: "rejected", retry: "never", applied: "no" });
      expect(problemOf(result).message).toContain("Nothing was sent to Procore");
    }
    expect(simulator.log).toEqual([]);
  });

  test("a refusal carries Procore's reasons", async () => {
    const { stream } = await open();
    const item = newRecord({ ...fields, country_code: "USA" });
    const problem = problemOf(await stream("projects").create?.(item, call));
    expect(problem).toMatchObject({ code: "rejected", applied: "no" });
    expect(problem.message).toContain("country_code: is invalid");
  });

  test("whose answer is lost is found by its origin, active or not, and only by that", async () => {
    const { stream, simulator } = await open({
      data: { projects: [{ ...depot, origin_id: "erp:26-014" }] },
      connection: { claimOriginId: true },
    });
    simulator.faults.add({ kind: "lose-answer", method: "POST", path: /projects$/ });
    const item = newRecord({ ...fields, active: false }, "wfp/projects/15");
    expect(problemOf(await stream("projects").create?.(item, call)).applied).toBe("maybe");
    const found = await stream("projects").findByOrigin?.("wfp/projects/15", call);
    expect(found).toMatchObject({ status: "found", record: { fields: { name: fields.name } } });
    expect(await stream("projects").findByOrigin?.("wfp/projects/16", call)).toEqual({
      status: "missing",
    });
    // The same create again would be the second project of that origin.
    expect(problemOf(await stream("projects").create?.(item, call)).code).toBe("already-exists");
    expect(saved(simulator).projects).toHaveLength(2);
  });

  test("a row with another origin is not taken for it, should Procore take no notice of the filter", async () => {
    const { stream, simulator } = await open({ connection: { claimOriginId: true } });
    const body = [{ id: 7, name: "Depot", origin_id: "erp:7" }];
    simulator.faults.add({ kind: "status", status: 200, path: /v1\.1\/projects$/, body });
    expect(await stream("projects").findByOrigin?.("wfp/projects/7", call)).toEqual({
      status: "missing",
    });
  });
});

describe("updating projects", () => {
  test("only what is given is written, with the company, and the answer is told", async () => {
    const opened = await open({ data: { projects: [{ ...depot, description: "Two berths" }] } });
    const { stream } = opened;
    const record = await readOne(stream("projects"), "name", depot.name);
    const patch = { active: false, time_zone: "America/Detroit", city: null };
    const updated = appliedRecord(await stream("projects").update?.({ record, patch }, call));
    expect(lastBody(opened)).toEqual({
      company_id: 4242,
      project: { active: false, time_zone: "Eastern Time (US & Canada)", city: null },
    });
    expect(updated.fields).toMatchObject({
      active: false,
      // What Procore tells from now on, and what the schema said that it would.
      time_zone: "America/New_York",
      city: null,
      description: "Two berths",
    });
    expect(await readOne(stream("projects"), "name", depot.name)).toEqual(updated);
  });

  test.for(["name", "active", "time_zone"])(
    "%s cannot be emptied, and is not tried",
    async (name) => {
      const { stream, simulator } = await open({ data: { projects: [depot] } });
      const record = await readOne(stream("projects"), "name", depot.name);
      simulator.clearLog();
      const patch = { [name]: null };
      const [many] = (await stream("projects").updateMany?.([{ record, patch }], call)) ?? [];
      for (const result of [await stream("projects").update?.({ record, patch }, call), many]) {
        expect(problemOf(result)).toMatchObject({
          code: "rejected",
          retry: "never",
          applied: "no",
        });
        expect(problemOf(result).message).toContain(`${name} cannot be emptied`);
      }
      expect(simulator.log).toEqual([]);
    },
  );

  test("many go in one call, each for itself, with results in their order", async () => {
    const { stream, simulator } = await open({ data: { projects: numbered(3) } });
    const { records } = await readAll(stream("projects"));
    simulator.clearLog();
    const patches = [
      { city: "Tacoma", time_zone: "Asia/Dubai" },
      { country_code: "USA" },
      { city: "Everett" },
    ];
    const items = records.map((record, index) => ({ record, patch: patches[index] ?? {} }));
    const results = await stream("projects").updateMany?.(items, call);
    expect(simulator.log.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PATCH /rest/v1.0/projects/sync",
    ]);
    const [first, refused, last] = results ?? [];
    expect(problemOf(refused)).toMatchObject({ code: "rejected", retry: "never", applied: "no" });
    expect(problemOf(refused).message).toContain("country_code: is invalid");
    expect(appliedRecord(last)).toMatchObject({ id: "103", fields: { city: "Everett" } });
    const { id, fields } = appliedRecord(first);
    // The answer has no zone of the tz database, and the county is not told.
    expect(fields).toMatchObject({ city: "Tacoma", time_zone: "Asia/Muscat", start_date: null });
    expect(fields).not.toHaveProperty("county");
    expect((await readOne(stream("projects"), "id", id)).fields).toMatchObject(fields);
  });

  test("a call for many whose answer says nothing of them leaves them in doubt", async () => {
    const { stream, simulator } = await open({ data: { projects: [depot] } });
    const record = await readOne(stream("projects"), "name", depot.name);
    const body = { entities: [], errors: [] };
    simulator.faults.add({ kind: "status", status: 200, path: /projects\/sync$/, body });
    const items = [{ record, patch: { city: "Olympia" } }];
    const [result] = (await stream("projects").updateMany?.(items, call)) ?? [];
    expect(problemOf(result)).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
  });

  test("an answer that is no project leaves the write in doubt", async () => {
    const { stream, simulator } = await open({ data: { projects: [depot] } });
    const record = await readOne(stream("projects"), "name", depot.name);
    simulator.faults.add({
      kind: "status",
      status: 200,
      method: "PATCH",
      path: /projects/,
      body: [],
    });
    const result = await stream("projects").update?.({ record, patch: { city: "Olympia" } }, call);
    expect(problemOf(result)).toMatchObject({ code: "answer-unreadable", applied: "maybe" });
  });
});
