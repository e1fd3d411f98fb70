import { describe, expect, it } from "vitest";
import {
  procoreRateWindows,
  simulatorCredentials,
} from "../../connectors/workforce-planning/simulator/simulator.ts";
import { fakeClock } from "../support/http-clock.ts";
import { companyId, crowd, procoreCompanyId } from "../support/workforce-planning-office.ts";
import { request, startProduct, worker, world } from "../support/workforce-planning-product.ts";

describe("a list of people", () => {
  const many = { ...world, people: crowd(5) };
  const idsIn = (body: unknown) => (body as { id: string }[]).map(({ id }) => id);

  it("comes in pages when a page is asked for, and whole when not", async () => {
    const { ask } = await startProduct({ data: many, pageSize: 2 });
    expect((await ask("GET", "/people?page=2")).body).toMatchObject({
      possible_pages: 3,
      current_page: 2,
      data: [{ id: "p5" }],
    });
    expect((await ask("GET", "/people?page=3")).body).toEqual({
      possible_pages: 3,
      current_page: 3,
      data: [],
    });
    expect(idsIn((await ask("GET", "/people")).body)).toHaveLength(5);
    expect((await ask("GET", "/people?page=-1")).status).toBe(400);
  });

  it("of nobody has no pages", async () => {
    const { ask } = await startProduct({ data: {} });
    expect((await ask("GET", "/people?page=0")).body).toEqual({
      possible_pages: 0,
      current_page: 0,
      data: [],
    });
  });

  it("is of the active and the inactive, of whom every filter lets through", async () => {
    const people = [
      {
        id: "a",
        first_name: "Ann",
        last_name: "Lee",
        status: "inactive",
        updated_at: "2026-02-01T23:30:00Z",
      },
      { id: "b", first_name: "Ann", last_name: "Low", updated_at: "2026-02-02T00:30:00Z" },
      { id: "c", first_name: "Anna", last_name: "Lee", updated_at: "2026-02-03" },
    ];
    const { ask } = await startProduct({ data: { people } });
    const ids = async (query: string) => idsIn((await ask("GET", `/people?${query}`)).body);
    expect(await ids("")).toEqual(["a", "b", "c"]);
    expect(await ids("first_name=Ann")).toEqual(["a", "b"]);
    expect(await ids("first_name=Ann&last_name=Lee")).toEqual(["a"]);
    expect(await ids("updated_after=2026-02-02")).toEqual(["b", "c"]);
    expect(await ids("updated_before=2026-02-02")).toEqual(["a", "b"]);
    expect(await ids("updated_at=2026-02-02")).toEqual(["b"]);
    for (const query of ["status=active", "__proto__=x", "constructor=x", "updated_at=soon"]) {
      expect((await ask("GET", `/people?${query}`)).status).toBe(400);
    }
  });

  it("can be that of one group", async () => {
    const { ask } = await startProduct();
    expect(idsIn((await ask("GET", "/groups/north/people")).body)).toEqual(["ilse"]);
    expect((await ask("GET", "/groups/south/people")).body).toEqual([]);
    expect((await ask("GET", "/groups/west/people")).status).toBe(404);
  });

  it("shows a change after the time that was set, and a read by id at once", async () => {
    const clock = fakeClock();
    const { ask, simulator } = await startProduct({ readLagMs: 5_000, now: clock.millis });
    simulator.edit("ilse", { last_name: "Berg" });
    expect((await ask("GET", "/people/ilse")).body).toHaveProperty("name.last", "Berg");
    expect((await ask("GET", "/people")).body).toHaveProperty("0.name.last", "Brandvold");
    clock.advance(5_000);
    expect((await ask("GET", "/people")).body).toHaveProperty("0.name.last", "Berg");
  });
});

describe("the two front doors", () => {
  const grant = {
    client_id: simulatorCredentials.oauth.clientId,
    client_secret: simulatorCredentials.oauth.clientSecret,
  };
  const tokenIn = (body: unknown) => (body as { access_token: string }).access_token;

  async function tokens(url: string) {
    const body = { ...grant, company_id: companyId, email: "a@b.example" };
    const laborchart = await request(`${url}/v2/oauth/token`, { method: "POST", body });
    const procoreGrant = { ...grant, grant_type: "client_credentials" };
    const procore = await request(`${url}/oauth/token`, { method: "POST", body: procoreGrant });
    return { laborchart: tokenIn(laborchart.body), procore: tokenIn(procore.body) };
  }

  it("show one company, each to its own tokens", async () => {
    const { simulator } = await startProduct();
    const { laborchart, procore } = await tokens(simulator.url);
    const status = async (path: string, token: string, company?: string) => {
      const named = company === undefined ? {} : { "procore-company-id": company };
      const headers = { authorization: `Bearer ${token}`, ...named };
      return (await request(simulator.url + path, { method: "GET", headers })).status;
    };
    const mine = `/v2/companies/${companyId}/people/ilse`;
    const theirs = `/rest/v1.0/workforce-planning/v2/companies/${procoreCompanyId}/people/ilse`;
    expect(await status(mine, laborchart)).toBe(200);
    expect(await status(mine, procore)).toBe(401);
    expect(await status(mine.replace(companyId, "other"), laborchart)).toBe(404);
    expect(await status(theirs, procore, procoreCompanyId)).toBe(200);
    expect(await status(theirs.replace("4242", companyId), procore, procoreCompanyId)).toBe(200);
    expect(await status(theirs, procore)).toBe(400);
    expect(await status(theirs, procore, "77")).toBe(400);
    expect(await status(theirs, laborchart, procoreCompanyId)).toBe(401);
    simulator.expireTokens();
    expect(await status(mine, laborchart)).toBe(401);
    expect(await status(theirs, procore, procoreCompanyId)).toBe(401);
  });

  it.each([
    ["another company", { company_id: "other", email: "a@b.example" }, 400],
    ["no user", { company_id: companyId }, 400],
    ["a wrong secret", { company_id: companyId, email: "a@b.example", client_secret: "x" }, 401],
  ])("give no token for %s", async (_name, more, status) => {
    const { simulator } = await startProduct();
    const url = `${simulator.url}/v2/oauth/token`;
    expect(await request(url, { method: "POST", body: { ...grant, ...more } })).toMatchObject({
      status,
    });
  });

  it("have limits at Procore's if they are wanted", async () => {
    const { simulator } = await startProduct({ rateWindows: procoreRateWindows });
    const { procore } = await tokens(simulator.url);
    const url = `${simulator.url}/rest/v1.0/workforce-planning/v2/companies/4242/groups`;
    const headers = { authorization: `Bearer ${procore}`, "procore-company-id": "4242" };
    const answers = [];
    for (let count = 0; count < 26; count++)
      answers.push(await request(url, { method: "GET", headers }));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(25);
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(last?.headers.get("x-rate-limit-remaining")).toBe("0");
    expect(last?.headers.get("x-rate-limit-reset")).toMatch(/^\d{10}$/);
  });
});

describe("data", () => {
  it("needs no more than names, and gives the rest", async () => {
    const { simulator } = await startProduct({
      data: {
        groups: ["North"],
        jobTitles: ["Pipefitter"],
        people: [{ first_name: "Ilse", last_name: "Brandvold", job_title_id: "Pipefitter" }],
      },
    });
    const saved = simulator.save();
    expect(saved).toMatchObject({
      companyId,
      procoreCompanyId,
      groups: [{ id: "5eed0000-0000-4000-8000-000000000001", name: "North" }],
      jobTitles: [{ name: "Pipefitter", globally_accessible: true }],
      permissionLevels: [
        { name: "Admin" },
        { name: "Manager" },
        { name: "Viewer" },
        { name: "User" },
      ],
      people: [
        {
          status: "active",
          is_assignable: true,
          group_ids: ["5eed0000-0000-4000-8000-000000000001"],
          job_title_id: "5eed0000-0000-4000-8000-000000000002",
        },
      ],
    });
  });

  it("comes back as it was saved", async () => {
    const { simulator } = await startProduct();
    const saved: unknown = JSON.parse(JSON.stringify(simulator.save()));
    simulator.remove("ilse");
    simulator.load(saved);
    expect(simulator.save()).toEqual(saved);
  });

  it("gives ids that no loaded record has", async () => {
    const { ask, simulator } = await startProduct();
    const taken = "5eed0000-0000-4000-8000-00000000000f";
    simulator.load({ ...world, people: [{ id: taken, first_name: "A", last_name: "B" }] });
    expect((await ask("POST", "/people", worker)).body).toEqual({
      id: "5eed0000-0000-4000-8000-000000000010",
    });
  });

  it.each([
    [null, "data must be an object"],
    [{ workers: [] }, "data.workers is not one of"],
    [{ people: {} }, "people must be a list"],
    [{ people: ["Ilse"] }, "people[0] must be an object"],
    [{ people: [{ last_name: "B" }] }, "people[0].first_name is required"],
    [
      { people: [{ first_name: "A", last_name: "" }] },
      "people[0].last_name must be text that is not empty",
    ],
    [{ people: [{ first_name: "A", last_name: "B", age: 7 }] }, "people[0].age is not known"],
    [
      { people: [{ first_name: "A", last_name: "B", phone: 7 }] },
      "people[0].phone must be text or null",
    ],
    [{ people: [{ first_name: "A", last_name: "B", id: "a/b" }] }, "people[0].id must be a UUID"],
    [
      { people: [{ first_name: "A", last_name: "B", created_at: "?" }] },
      "people[0].created_at must be a time",
    ],
    [
      { people: [{ first_name: "A", last_name: "B", group_ids: ["West"] }] },
      'people[0].group_ids[0] names "West", which does not exist',
    ],
    [
      { people: [{ first_name: "A", last_name: "B", job_title_id: "Cook" }] },
      'people[0].job_title_id names "Cook", which does not exist',
    ],
    [
      {
        groups: [
          { id: "x", name: "N" },
          { id: "x", name: "S" },
        ],
      },
      "groups[1].id is that of groups[0] too",
    ],
    [{ groups: [{}] }, "groups[0].name must be text"],
    [JSON.parse('{"__proto__": []}'), "data.__proto__ is not one of"],
  ])("is refused with the place of the fault: %j", async (data, message) => {
    const { simulator } = await startProduct();
    const before = simulator.save();
    expect(() => simulator.load(data)).toThrow(message);
    expect(simulator.save()).toEqual(before);
  });
});
