import { afterEach, expect, test } from "vitest";
import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import {
  type ProcoreSimulatorOptions,
  startProcoreSimulator,
} from "../../connectors/procore/simulator/simulator.ts";
import { fakeClock } from "../support/http-clock.ts";
import { saved } from "../support/procore-directory.ts";

/*
 * What the simulator insists on about projects, so that a connector that passes here does not lean on a kindness that
 * Procore lacks.
 */

const listed = "/rest/v1.1/projects?company_id=4242";
const projects = "/rest/v1.0/projects";

const depot = { id: 7, name: "Harbor Street Depot", project_number: "26-014" };

type Row = Readonly<Record<string, unknown>>;

let opened: Simulator | null = null;

afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(data: unknown = {}, options: ProcoreSimulatorOptions = {}) {
  const clock = fakeClock();
  const simulator = await startProcoreSimulator({ now: clock.millis, data, ...options });
  opened = simulator;
  const grant = {
    grant_type: "client_credentials",
    client_id: "procore-app",
    client_secret: "procore-app-secret",
  };
  const granted = await fetch(`${simulator.url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams(grant),
  });
  const { access_token } = (await granted.json()) as { readonly access_token: string };
  async function send(method: string, path: string, body?: unknown, company = "4242") {
    const answer = await fetch(simulator.url + path, {
      method,
      headers: {
        authorization: `Bearer ${access_token}`,
        "procore-company-id": company,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text === "" ? null : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body: parsed };
  }
  return {
    simulator,
    clock,
    send,
    rows: async (query: string) => (await send("GET", listed + query)).body as readonly Row[],
    create: (project: Row) => send("POST", projects, { company_id: 4242, project }),
    update: (id: number, project: Row) =>
      send("PATCH", `${projects}/${id}`, { company_id: 4242, project }),
    sync: (updates: unknown) => send("PATCH", `${projects}/sync`, { company_id: 4242, updates }),
  };
}

function names(rows: readonly Row[]): unknown[] {
  return rows.map(({ name }) => name);
}

test("a list holds a hundred projects a page and never more than three hundred", async () => {
  const all = Array.from({ length: 310 }, (_, index) => ({ name: `Number ${index}` }));
  const { send, simulator } = await open({ projects: all });
  const pages = await Promise.all(
    ["", "&per_page=5000", "&per_page=5000&page=2", "&view=ids&per_page=1"].map((query) =>
      send("GET", listed + query),
    ),
  );
  expect(pages.map(({ body }) => (body as unknown[]).length)).toEqual([100, 300, 10, 310]);
  expect(pages.map(({ headers }) => `${headers.get("total")} ${headers.get("per-page")}`)).toEqual([
    "310 100",
    "310 300",
    "310 300",
    "310 200000",
  ]);
  const next = `<${simulator.url}${listed}&per_page=5000&page=2>`;
  expect(pages[1]?.headers.get("link")).toBe(`${next}; rel="next", ${next}; rel="last"`);
  expect(pages[2]?.headers.get("link")).not.toContain("next");
});

test("a list hides inactive projects, templates, and those that the app is not permitted to see", async () => {
  const { rows } = await open({
    projects: [
      depot,
      { name: "Closed", active: false },
      { name: "Hidden", permitted: false },
      { name: "Pattern", template: true },
    ],
  });
  expect(names(await rows(""))).toEqual(["Harbor Street Depot"]);
  expect(names(await rows("&filters[by_status]=Inactive"))).toEqual(["Closed"]);
  expect(names(await rows("&filters[by_status]=All"))).toEqual(["Harbor Street Depot", "Closed"]);
  expect(names(await rows("&filters[template]=true"))).toEqual(["Pattern"]);
});

test("projects are picked by number, name, id and origin, and sorted by name", async () => {
  const { rows } = await open({
    projects: [
      depot,
      { id: 8, name: "B", origin_id: "erp:8" },
      { id: 9, name: "A", project_number: "9" },
    ],
  });
  expect(names(await rows("&filters[project_number]=26-014"))).toEqual(["Harbor Street Depot"]);
  expect(names(await rows("&filters[name]=B&filters[project_number]=9"))).toEqual([]);
  expect(names(await rows("&filters[id]=8"))).toEqual(["B"]);
  expect(names(await rows("&filters[id][]=8&filters[id][]=9"))).toEqual(["B", "A"]);
  expect(names(await rows("&filters[origin_id]=erp:8"))).toEqual(["B"]);
  expect(names(await rows("&filters[synced]=true"))).toEqual(["B"]);
  expect(names(await rows("&sort=name"))).toEqual(["A", "B", "Harbor Street Depot"]);
  expect(names(await rows("&sort=-display_name"))).toEqual(["B", "A", "Harbor Street Depot"]);
});

test("a range of times needs both ends, and a parameter that is not there is refused", async () => {
  const { rows, send } = await open({
    projects: [{ ...depot, updated_at: "2026-03-01T08:00:00Z" }, { name: "New" }],
  });
  const range = "&filters[updated_at]=2026-03-01T07:00:00Z...2026-03-01T08:00:00Z";
  expect(names(await rows(range))).toEqual(["Harbor Street Depot"]);
  for (const query of [
    "&filters[updated_at]=2026-03-01...",
    "&filters[updated_at]=2026-03-01",
    "&filters[by_status]=Closed",
    "&filters[city]=Tacoma",
    "&sort=city",
  ]) {
    expect((await send("GET", listed + query)).status, query).toBe(400);
  }
});

test("views show more or less, and only the widest has the zone of the tz database", async () => {
  const { rows, send } = await open({ projects: [{ ...depot, total_value: 1 }] });
  expect(await rows("&view=ids")).toEqual([7]);
  expect(await rows("&view=compact")).toEqual([{ id: 7, name: "Harbor Street Depot" }]);
  for (const view of ["", "&view=normal", "&view=whatever"]) {
    const [row] = await rows(view);
    expect(row).toMatchObject({ time_zone: "Pacific Time (US & Canada)", county: null });
    expect(row).not.toHaveProperty("tz_name");
    expect(row).not.toHaveProperty("description");
  }
  expect(await rows("&view=extended")).toMatchObject([
    {
      display_name: "26-014 - Harbor Street Depot",
      tz_name: "America/Los_Angeles",
      total_value: "1.0",
      estimated_value: "1.0",
      description: null,
      company: { id: 4242, name: "Sample Builders" },
    },
  ]);
  const shown = (await send("GET", `${projects}/7?company_id=4242`)).body;
  expect(shown).toMatchObject({ tz_name: "America/Los_Angeles", is_demo: false });
  expect(Object.values(shown as Row)).not.toContain(null);
});

test("every call names the company beside the header, and a write in its body", async () => {
  const companies = [
    { id: 4242, name: "One" },
    { id: 4343, name: "Two" },
  ];
  const { send, update } = await open({ companies, projects: [depot] });
  const project = { name: "New" };
  const wrong = [
    await send("GET", "/rest/v1.1/projects"),
    await send("GET", "/rest/v1.1/projects?company_id=4343"),
    await send("GET", `${projects}/7`),
    await send("POST", projects, { project }),
    await send("POST", projects, { company_id: 4343, project }),
    await send("PATCH", `${projects}/7`, { project }),
    await send("PATCH", `${projects}/7?company_id=4242`, { project }),
    await send("PATCH", `${projects}/sync`, { updates: [] }),
    await send("PATCH", `${projects}/7`, { company_id: 4242 }),
    await send("PATCH", `${projects}/sync`, { company_id: 4242 }),
  ];
  expect(wrong.map(({ status }) => status)).toEqual(wrong.map(() => 400));
  expect((await send("GET", listed, undefined, "17")).status).toBe(403);
  expect((await send("GET", `${projects}/7?company_id=4343`, undefined, "4343")).status).toBe(404);
  expect((await update(7, { city: "Tacoma" })).status).toBe(200);
});

test("a project is created active, with a name, and with a time zone out of Procore's own list", async () => {
  const { create } = await open();
  const made = await create({ name: "Depot", time_zone: "Kyiv" });
  expect(made).toMatchObject({
    status: 201,
    body: { active: true, display_name: "Depot", time_zone: "Kyiv", tz_name: "Europe/Kiev" },
  });
  expect((await create({})).status).toBe(400);
  expect((await create({ name: 7 })).status).toBe(400);
  expect((await create({ name: "Depot", colour: "red" })).status).toBe(400);
  for (const wrong of [
    { name: " " },
    { time_zone: "America/Denver" },
    { time_zone: "pacific time (us & canada)" },
    { time_zone: null },
    { country_code: "USA" },
    { state_code: "wa" },
    { project_stage_id: 99 },
    { project_template_id: 7 },
  ]) {
    const refused = await create({ name: "Depot", ...wrong });
    expect(refused.status, JSON.stringify(wrong)).toBe(422);
    expect(Object.keys((refused.body as { readonly errors: Row }).errors)).toEqual(
      Object.keys(wrong),
    );
  }
});

test("a malformed day becomes none without a word, and the older names mirror the newer", async () => {
  const { create, update, simulator } = await open();
  const made = await create({
    name: "Depot",
    start_date: "04/01/2026",
    completion_date: "2027-02-28",
    warranty_end_date: "2026-02-30",
    total_value: 2.5,
  });
  expect(made.body).toMatchObject({
    completion_date: "2027-02-28",
    estimated_completion_date: "2027-02-28",
    total_value: "2.5",
    estimated_value: "2.5",
  });
  for (const key of ["start_date", "estimated_start_date", "warranty_end_date"]) {
    expect(made.body).not.toHaveProperty(key);
  }
  const { id } = made.body as { readonly id: number };
  await update(id, { estimated_start_date: "2026-05-01" });
  expect(saved(simulator).projects[0]).toMatchObject({
    start_date: "2026-05-01",
    estimated_start_date: "2026-05-01",
    completion_date: "2027-02-28",
  });
  await update(id, { completion_date: null });
  expect(saved(simulator).projects[0]).toMatchObject({
    start_date: "2026-05-01",
    completion_date: null,
    estimated_completion_date: null,
  });
});

test("what Procore works out itself is not written, and a county by an update only", async () => {
  const { create, update, clock } = await open({ projects: [depot] });
  const computed = { display_name: "X", tz_name: "Asia/Tokyo", actual_start_date: "2026-01-01" };
  const made = await create({ name: "Depot", county: "Pierce", ...computed });
  expect(made).toMatchObject({ status: 201, body: { display_name: "Depot" } });
  expect(made.body).not.toHaveProperty("county");
  expect(made.body).not.toHaveProperty("actual_start_date");
  clock.advance(60_000);
  const changed = await update(7, { county: "Pierce", ...computed });
  expect(changed).toMatchObject({ status: 200, body: { county: "Pierce" } });
  expect(changed.body).toMatchObject({ tz_name: "America/Los_Angeles" });
  const { created_at, updated_at } = changed.body as Readonly<Record<string, string>>;
  expect(Date.parse(updated_at ?? "") - Date.parse(created_at ?? "")).toBe(60_000);
});

test("an origin id can be taken once in a company", async () => {
  const { create, update } = await open({ projects: [{ ...depot, origin_id: "erp:7" }] });
  const twin = await create({ name: "Depot", origin_id: "erp:7" });
  expect(twin).toMatchObject({
    status: 422,
    body: { errors: { origin_id: ["has already been taken"] } },
  });
  expect((await update(7, { origin_id: "erp:7", city: "Tacoma" })).status).toBe(200);
});

test("sync takes a thousand at most, each for itself, and tells neither zone nor county", async () => {
  const { sync } = await open({
    projects: [
      { ...depot, county: "Pierce" },
      { id: 8, name: "Hidden", permitted: false },
    ],
  });
  expect((await sync(Array.from({ length: 1_001 }, () => ({})))).status).toBe(400);
  const answer = await sync([
    { id: 7, city: "Tacoma" },
    { id: 8, city: "Tacoma" },
    { id: 7, time_zone: "America/Denver" },
    { name: "New", origin_id: "erp:9" },
    { origin_id: "erp:9", city: "Olympia" },
    "all",
  ]);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      entities: [
        { origin_id: "erp:9", city: "Olympia", name: "New" },
        { origin_id: "erp:9" },
        { id: 7, city: "Tacoma", time_zone: "Pacific Time (US & Canada)" },
      ],
      errors: [
        { errors: { base: ["is not a project"] } },
        { id: 7, errors: { time_zone: ["is not included in the list"] } },
        { id: 8, city: "Tacoma", errors: { id: ["Entity with this ID not found"] } },
      ],
    },
  });
  for (const row of (answer.body as { readonly entities: readonly Row[] }).entities) {
    expect(row).not.toHaveProperty("tz_name");
    expect(row).not.toHaveProperty("county");
  }
});

test.for([403, 404] as const)(
  "a project that is not permitted is answered with %i, one that is not there with 404",
  async (unpermittedStatus) => {
    const { send, update } = await open(
      { projects: [{ ...depot, permitted: false }] },
      { unpermittedStatus },
    );
    expect((await send("GET", `${projects}/7?company_id=4242`)).status).toBe(unpermittedStatus);
    expect((await update(7, { city: "Tacoma" })).status).toBe(unpermittedStatus);
    expect((await send("GET", `${projects}/8?company_id=4242`)).status).toBe(404);
  },
);

test("without the rights nothing is written, and with them nothing can be deleted", async () => {
  const { send, create, update, sync } = await open({ projects: [depot] }, { projectAdmin: false });
  const refused = [await create({ name: "New" }), await update(7, {}), await sync([])];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect((await send("DELETE", `${projects}/7?company_id=4242`)).status).toBe(404);
});

test("lists lag behind, and the call for one project does not", async () => {
  const { rows, send, update, clock } = await open({ projects: [depot] }, { readLagMs: 5_000 });
  await update(7, { city: "Tacoma" });
  expect(await rows("")).toMatchObject([{ city: null }]);
  expect((await send("GET", `${projects}/7?company_id=4242`)).body).toMatchObject({
    city: "Tacoma",
  });
  clock.advance(5_000);
  expect(await rows("")).toMatchObject([{ city: "Tacoma" }]);
});

test("what was saved can be loaded, and no id is used again", async () => {
  const stage = { project_stage_id: "Course of Construction", total_value: 12 };
  const { simulator, create } = await open({ projects: [{ ...depot, ...stage }, "Pump Station"] });
  const before = simulator.save();
  simulator.load(JSON.parse(JSON.stringify(before)));
  expect(simulator.save()).toEqual(before);
  simulator.load({});
  const { id } = (await create({ name: "New" })).body as { readonly id: number };
  const old = saved({ ...simulator, save: () => before }).projects;
  expect(id).toBeGreaterThan(Math.max(...old.map((project) => project.id)));
  // Numbers that a column of 32 bits cannot hold.
  expect(id).toBeGreaterThan(2 ** 32);
});

test.for([
  [{ city: "Tacoma" }, "projects[0].name: is needed"],
  [{ ...depot, time_zone: "America/Denver" }, "projects[0].time_zone: must be one of"],
  [{ ...depot, start_date: "2026-02-30" }, "projects[0].start_date: must be a day"],
  [{ ...depot, permitted: "no" }, "projects[0].permitted: must be true or false"],
  [{ ...depot, colour: "red" }, "projects[0].colour: is not a known attribute"],
  [{ ...depot, project_stage_id: "None" }, "projects[0].project_stage_id: names None"],
  [{ ...depot, company_id: 17 }, "projects[0].company_id: is 17"],
] as const)("data of the wrong shape is refused with its place: %j", async ([project, message]) => {
  const data = { projects: [project] };
  await expect(startProcoreSimulator({ data })).rejects.toThrow(`Procore simulator, ${message}`);
});
