import { describe, expect, it } from "vitest";
import { fakeClock } from "../support/http-clock.ts";
import { startProduct } from "../support/workforce-planning-product.ts";

/* What the simulated product demands of projects, and what it makes of them. */

const data = {
  groups: [
    { id: "north", name: "North", timezone: "America/Santiago" },
    { id: "south", name: "South", timezone: "Asia/Kathmandu" },
  ],
  projects: [
    {
      id: "depot",
      name: "Depot",
      project_number: "26-014",
      start_date: "2026-03-02",
      group_ids: ["North"],
    },
    { id: "mill", name: "Mill", project_number: "26-014", group_ids: ["South"] },
  ],
};

const site = { name: "Site", status: "pending", group_ids: ["north"] };

function startSites(options: Parameters<typeof startProduct>[0] = {}) {
  return startProduct({ data, ...options });
}

const idsIn = (body: unknown) => (body as { id: string }[]).map(({ id }) => id);

describe("a project that is created", () => {
  it.each([
    ["planned", site],
    ["under way", { ...site, status: "active", start_date: "2026-03-02" }],
    ["with the number of another one", { ...site, project_number: "26-014" }],
    ["with everything empty that can be", { ...site, start_date: null, timezone: null }],
  ])("can be %s", async (_name, body) => {
    const { ask, simulator } = await startSites();
    const { status, body: answer } = await ask("POST", "/projects", body);
    expect({ status, answer }).toEqual({
      status: 200,
      answer: { id: "5eed0000-0000-4000-8000-000000000005" },
    });
    expect(simulator.projects()).toHaveLength(3);
  });

  it.each([
    ["without a name", { ...site, name: undefined }, "name"],
    ["with an empty name", { ...site, name: "" }, "name"],
    ["without a status", { ...site, status: undefined }, "status"],
    ["with a status of its own", { ...site, status: "archived" }, "status"],
    ["without groups", { ...site, group_ids: undefined }, "group_ids"],
    ["in no group", { ...site, group_ids: [] }, "group_ids"],
    ["in a group that is not there", { ...site, group_ids: ["north", "west"] }, "group_ids"],
    ["active without a start", { ...site, status: "active" }, "start_date"],
    ["active from never on", { ...site, status: "active", start_date: null }, "start_date"],
    ["from a day that does not exist", { ...site, start_date: "2026-02-30" }, "start_date"],
    ["from a day in words", { ...site, start_date: "March 2, 2026" }, "start_date"],
    [
      "until a wrong weekday",
      { ...site, closed_date: "Sun, 02 Mar 2026 00:00:00 GMT" },
      "closed_date",
    ],
    ["until no time", { ...site, est_end_date: 1e300 }, "est_end_date"],
    ["in a zone of Rails", { ...site, timezone: "Pacific Time (US & Canada)" }, "timezone"],
    ["in an offset", { ...site, timezone: "+02:00" }, "timezone"],
    ["from half past seven", { ...site, daily_start_time: "19:30" }, "daily_start_time"],
    ["in red", { ...site, color: "red" }, "color"],
    ["with an unknown key", { ...site, nickname: "Barn" }, "nickname"],
  ])("cannot be %s", async (_name, body, field) => {
    const { ask, simulator } = await startSites();
    const answer = await ask("POST", "/projects", body);
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty(["errors", field]);
    expect(simulator.projects()).toHaveLength(2);
  });

  it("has the usual hours, or its own by the quarter", async () => {
    const { ask, simulator } = await startSites();
    await ask("POST", "/projects", site);
    await ask("POST", "/projects", {
      ...site,
      daily_start_time: "6:52 am",
      daily_end_time: "3:08 pm",
    });
    expect(simulator.projects().slice(2)).toMatchObject([
      { daily_start_time: "7:30 am", daily_end_time: "3:30 pm" },
      { daily_start_time: "6:45 am", daily_end_time: "3:15 pm" },
    ]);
  });
});

describe("a date of a project", () => {
  const writings = [
    ["as a day", "2026-03-02"],
    ["as an instant of ISO 8601", "2026-03-02T18:00:00Z"],
    ["as a UTC date", "Mon, 02 Mar 2026 18:00:00 GMT"],
    ["as milliseconds", Date.UTC(2026, 2, 2, 18)],
  ] as const;

  it.each(writings)("written %s is kept as the beginning of the day", async (_how, start_date) => {
    for (const projectDays of ["zone", "utc"] as const) {
      const { ask, simulator } = await startSites({ projectDays });
      const own = { ...site, start_date, timezone: "America/Los_Angeles" };
      await ask("POST", "/projects", own);
      await ask("POST", "/projects", { ...own, timezone: null });
      expect(
        simulator
          .projects()
          .slice(2)
          .map((project) => project.start_date),
      ).toEqual(
        projectDays === "utc"
          ? [Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 2)]
          : [Date.UTC(2026, 2, 2, 8), Date.UTC(2026, 2, 2, 3)],
      );
    }
  });

  it("that has no midnight is kept as its first instant", async () => {
    const { ask, simulator } = await startSites();
    // At midnight the clocks of Chile go on to one o'clock.
    await ask("POST", "/projects", { ...site, start_date: "2026-09-06" });
    expect(simulator.projects()[2]?.start_date).toBe(Date.UTC(2026, 8, 6, 4));
  });

  it("stays the same instant when the zone changes, and so becomes another day", async () => {
    const { ask } = await startSites();
    const before = (await ask("GET", "/projects/depot")).body;
    const after = (await ask("POST", "/projects/depot", { timezone: "Asia/Kathmandu" })).body;
    expect(after).toMatchObject({
      timezone: "Asia/Kathmandu",
      start_date: (before as { start_date: number }).start_date,
    });
  });

  it("is in the zone that comes with it", async () => {
    const { ask } = await startSites();
    const body = { timezone: "Asia/Kathmandu", start_date: "2026-03-02" };
    expect((await ask("POST", "/projects/depot", body)).body).toMatchObject({
      start_date: Date.parse("2026-03-02T00:00:00+05:45"),
    });
  });
});

describe("a project that is changed", () => {
  it("is answered whole, with its times in milliseconds", async () => {
    const { ask } = await startSites();
    const { status, body } = await ask("POST", "/projects/depot", { zipcode: "98402" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "depot",
      name: "Depot",
      status: "active",
      zipcode: "98402",
      timezone: null,
      start_date: Date.UTC(2026, 2, 2, 3),
      est_end_date: null,
      group_ids: ["north"],
      created_at: Date.parse("2026-03-02T08:00:00Z"),
      roles: [],
    });
  });

  it("gets a new time stamp only when something changes, and 304 when nothing does", async () => {
    const clock = fakeClock();
    const { ask, simulator } = await startSites({ now: clock.millis });
    const before = simulator.projects()[0];
    clock.advance(60_000);
    const same = { name: "Depot", status: "active", start_date: "2026-03-02" };
    expect(await ask("POST", "/projects/depot", same)).toMatchObject({ status: 304, body: null });
    expect(simulator.projects()[0]).toEqual(before);
    await ask("POST", "/projects/depot", { ...same, name: "Harbor Depot" });
    expect(simulator.projects()[0]?.updated_at).toBe((before?.updated_at ?? 0) + 60_000);
  });

  it.each([
    ["to no name", "depot", { name: null }, "name"],
    ["to no status", "depot", { status: null }, "status"],
    ["to no start while it is active", "depot", { start_date: null }, "start_date"],
    ["to active without a start", "mill", { status: "active" }, "start_date"],
    ["to no group", "depot", { group_ids: [] }, "group_ids"],
    ["to a group that is not there", "depot", { group_ids: ["west"] }, "group_ids"],
  ])("cannot be changed %s", async (_name, id, body, field) => {
    const { ask, simulator } = await startSites();
    const before = simulator.projects();
    const answer = await ask("POST", `/projects/${id}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toHaveProperty(["errors", field]);
    expect(simulator.projects()).toEqual(before);
  });

  it("may be active without a start if the data said so, until somebody touches that", async () => {
    const { ask, simulator } = await startSites();
    simulator.load({ projects: [{ id: "old", name: "Old", status: "active" }] });
    expect((await ask("POST", "/projects/old", { name: "Older", status: "active" })).status).toBe(
      200,
    );
  });

  it("must come with name, status and start if the description is taken at its word", async () => {
    const { ask } = await startSites({ strictProjectUpdates: true });
    const answer = await ask("POST", "/projects/depot", { zipcode: "98402" });
    expect(answer.status).toBe(400);
    expect(Object.keys((answer.body as { errors: object }).errors)).toEqual([
      "name",
      "status",
      "start_date",
    ]);
    const whole = { zipcode: "98402", name: "Mill", status: "pending" };
    expect((await ask("POST", "/projects/mill", whole)).status).toBe(200);
  });

  it("joins groups by a call of its own", async () => {
    const { ask } = await startSites({ strictProjectUpdates: true });
    expect((await ask("POST", "/projects/depot/groups", { group_id: "south" })).body).toEqual({
      group_ids: ["north", "south"],
    });
    expect((await ask("POST", "/projects/depot/groups", { group_id: "west" })).status).toBe(400);
    expect((await ask("POST", "/projects/none/groups", { group_id: "north" })).status).toBe(404);
  });

  it("is gone after it was deleted, and its id is not used again", async () => {
    const { ask } = await startSites();
    const { id } = (await ask("POST", "/projects", site)).body as { id: string };
    expect(await ask("DELETE", `/projects/${id}`)).toMatchObject({ status: 200, body: { id } });
    expect((await ask("GET", `/projects/${id}`)).status).toBe(404);
    expect((await ask("POST", `/projects/${id}`, { name: "Barn" })).status).toBe(404);
    expect((await ask("DELETE", `/projects/${id}`)).status).toBe(404);
    expect(idsIn((await ask("GET", "/projects")).body)).toEqual(["depot", "mill"]);
    expect((await ask("POST", "/projects", site)).body).not.toEqual({ id });
  });
});

describe("a list of projects", () => {
  it("comes in pages when a page is asked for, and whole when not", async () => {
    const { ask } = await startSites({ pageSize: 1 });
    expect((await ask("GET", "/projects?page=1")).body).toMatchObject({
      possible_pages: 2,
      current_page: 1,
      data: [{ id: "mill" }],
    });
    expect((await ask("GET", "/projects?page=2")).body).toMatchObject({ data: [] });
    expect(idsIn((await ask("GET", "/projects")).body)).toEqual(["depot", "mill"]);
  });

  it("is of those that every filter lets through, by time only in the list of a group", async () => {
    const { ask } = await startSites();
    const ids = async (path: string) => idsIn((await ask("GET", path)).body);
    expect(await ids("/projects?project_number=26-014")).toEqual(["depot", "mill"]);
    expect(await ids("/projects?project_number=26-014&name=Mill")).toEqual(["mill"]);
    expect(await ids("/projects?name=Mil")).toEqual([]);
    expect(await ids("/groups/north/projects")).toEqual(["depot"]);
    expect(await ids("/groups/north/projects?updated_after=2026-03-02")).toEqual(["depot"]);
    expect(await ids("/groups/north/projects?updated_after=2026-03-03")).toEqual([]);
    for (const query of ["status=active", "updated_after=2026-03-02", "__proto__=x"]) {
      expect((await ask("GET", `/projects?${query}`)).status).toBe(400);
    }
    expect((await ask("GET", "/groups/west/projects")).status).toBe(404);
  });
});

describe("data with projects", () => {
  it("comes back as it was saved, instants and all", async () => {
    const { simulator } = await startSites();
    simulator.addProject({ name: "Noon", closed_date: Date.UTC(2026, 2, 2, 12) });
    const saved: unknown = JSON.parse(JSON.stringify(simulator.save()));
    simulator.removeProject("depot");
    simulator.load(saved);
    expect(simulator.save()).toEqual(saved);
    expect(simulator.projects().at(-1)).toMatchObject({
      status: "pending",
      closed_date: Date.UTC(2026, 2, 2, 12),
      group_ids: ["north", "south"],
    });
  });

  it.each([
    [{ projects: [{}] }, "projects[0].name is required"],
    [{ projects: [{ name: "A", start_date: "soon" }] }, "projects[0].start_date must be"],
    [{ projects: [{ name: "A", timezone: "Mars" }] }, "projects[0].timezone must be the name"],
    [{ projects: [{ name: "A", group_ids: ["West"] }] }, 'projects[0].group_ids[0] names "West"'],
    [{ projects: [{ name: "A", status: "over" }] }, "must be active, pending or inactive"],
    [
      {
        projects: [
          { id: "x", name: "A" },
          { id: "x", name: "B" },
        ],
      },
      "projects[1].id is that of",
    ],
  ])("is refused with the place of the fault: %j", async (wrong, message) => {
    const { simulator } = await startSites();
    expect(() => simulator.load(wrong)).toThrow(message);
  });

  it("is edited under the names that are there", async () => {
    const { simulator } = await startSites();
    expect(simulator.editProject("depot", { est_end_date: "2026-12-31" })).toMatchObject({
      est_end_date: Date.UTC(2026, 11, 31, 3),
    });
    expect(() => simulator.editProject("barn", {})).toThrow("there is no project barn");
    expect(() => simulator.removeProject("barn")).toThrow("there is no project barn");
    expect(() => simulator.editProject("depot", { color: "red" })).toThrow("color");
  });
});
