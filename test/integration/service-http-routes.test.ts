import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiDocument, answerFaults } from "../support/api-document.ts";
import { fakeIds } from "../support/service-fake.ts";
import { type HttpWorld, httpWorld, type Method, type Who } from "../support/service-http.ts";
import { addressOf, type Route, routes } from "../support/service-routes.ts";

/* Every route, asked by every kind of client. */

const metrics = {
  contentType: "text/plain; version=0.0.4; charset=utf-8",
  text: async () => "runs_total 3\n",
  observeRequest: () => undefined,
};

let world: HttpWorld;
let document: ApiDocument;

beforeAll(async () => {
  world = await httpWorld({ metrics });
  document = (await world.ask(null, "GET", "/api/v1/openapi.json")).json;
});

afterAll(() => world.close());

const ranks = ["nobody", "viewer", "operator", "admin"] as const;

function titleOf({ method, path, needs }: Route) {
  return [`${method} ${path}`, needs] as const;
}

describe("who may use a route", () => {
  const cases = routes.flatMap((route) =>
    ranks.map((who) => [...titleOf(route), who, route] as const),
  );

  test.for(cases)("%s needs %s, asked by %s", async ([_title, needs, who, route]) => {
    const mayNot = ranks.indexOf(who) < ranks.indexOf(needs);
    // What changes something gets a company of its own; opening one takes a tenth of a second.
    const isAlone = route.method !== "GET" && !mayNot;
    const mine = isAlone ? await httpWorld({ metrics }) : world;
    const asker = who === "nobody" ? null : who;
    const { body } = route;
    const told = await mine.ask(asker, route.method, addressOf(route), body ? { body } : {});
    expect(told.status).toBe(mayNot ? (who === "nobody" ? 401 : 403) : route.status);
    if (mayNot) {
      expect(told.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      expect(told.json.code).toBe(who === "nobody" ? "sign-in-needed" : "not-allowed");
    }
    expect(answerFaults(document, route, told)).toEqual([]);
    if (isAlone) await mine.close();
  });

  test("the table above has every route of the API", () => {
    const inDocument = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const tested = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    expect(inDocument.filter((route) => !tested.has(route))).toEqual(["GET /api/v1/events"]);
  });
});

describe("what a token of one workspace sees", () => {
  const hidden: readonly (readonly [Method, string])[] = [
    ["GET", "/api/v1/workspaces/northridge"],
    ["GET", "/api/v1/workspaces/northridge/held"],
    ["GET", "/api/v1/workspaces/northridge/records?address=wfp/people/P-1"],
    ["GET", "/api/v1/workspaces/northridge/history?address=wfp/people/P-1"],
    ["GET", "/api/v1/workspaces/northridge/mappings/people/explain?record=x"],
    ["GET", `/api/v1/runs/${fakeIds.waiting}`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/entries`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/log.txt`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/plan`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/plan/summary`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/plan/changes`],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/plan/held`],
  ];

  test.for(hidden)("%s %s is not there", async ([method, url]) => {
    // Somebody else looks at the plan, so that it is at hand.
    await world.ask("viewer", "GET", `/api/v1/runs/${fakeIds.waiting}/plan/summary`);
    const told = await world.ask("harbor", method, url);
    expect(told.status).toBe(404);
    expect(told.text).not.toMatch(/Northridge|Procore/);
  });

  test("lists hold its own only", async () => {
    const { json } = await world.ask("harbor", "GET", "/api/v1/workspaces");
    expect(json.workspaces.map(({ name }: { name: string }) => name)).toEqual(["harbor"]);
    const runs = await world.ask("harbor", "GET", "/api/v1/runs");
    expect(runs.json.runs.map(({ id }: { id: string }) => id)).toEqual([fakeIds.harbor]);
  });
});

describe("what is asked arrives, and what is answered is all there", () => {
  test("answers hold every member of what the service says", async () => {
    const { service } = world.fake;
    const actor = { name: "test", role: "admin" } as const;
    const whole = async (url: string) => (await world.ask("admin", "GET", url)).json;
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    const value = async (answer: Promise<{ ok: boolean }>) =>
      plain((await answer) as { value?: unknown }).value;

    const id = fakeIds.waiting;
    const plan = await value(service.plan(actor, id));
    expect(await whole(`/api/v1/runs/${id}/plan`)).toEqual(plan);
    expect((await whole(`/api/v1/runs/${id}/plan/changes`)).changes).toEqual(plan.plan.changes);
    expect((await whole(`/api/v1/runs/${id}/plan/held`)).held).toEqual(plan.plan.held);
    expect(await whole(`/api/v1/runs/${id}`)).toEqual(await value(service.run(actor, id)));
    expect(await whole("/api/v1/workspaces")).toEqual({
      workspaces: plain(await service.workspaces(actor)),
    });
    const held = await value(service.held(actor, "northridge"));
    expect(await whole("/api/v1/workspaces/northridge/held")).toEqual({ held });
    const page = { from: 0, limit: 500 };
    expect(await whole(`/api/v1/runs/${fakeIds.long}/entries?limit=500`)).toEqual(
      await value(service.entries(actor, fakeIds.long, page)),
    );
  });

  test("every kind of change of the plan is in the answer", async () => {
    const { json } = await world.ask(
      "viewer",
      "GET",
      `/api/v1/runs/${fakeIds.waiting}/plan/changes`,
    );
    const kinds = new Set(json.changes.map(({ kind }: { kind: string }) => kind));
    expect([...kinds].sort()).toEqual(["create", "delete", "link", "retire", "unlink", "update"]);
  });

  test("S-021: a run that a person starts in a browser is manual, one of a token is of the API", async () => {
    const mine = await httpWorld({ isOpen: true });
    const url = "/api/v1/workspaces/northridge/mappings/people/runs";
    const manual = await mine.ask(null, "POST", url, { body: {} });
    expect(manual.json).toMatchObject({
      trigger: "manual",
      requestedBy: "local",
      status: "queued",
    });
    await mine.close();

    const other = await httpWorld();
    const api = await other.ask("operator", "POST", url, {
      body: { purpose: "link", allow: ["people:too-many-creates"] },
    });
    expect(api.json).toMatchObject({
      trigger: "api",
      requestedBy: "Tom Okafor",
      purpose: "link",
      allow: ["people:too-many-creates"],
    });
    await other.close();
  });

  test('"-" is the workspace without a name, in addresses, queries and tokens', async () => {
    const asked: string[] = [];
    const mine = await httpWorld({
      change: (fake) => ({
        workspace: (actor, name) => {
          asked.push(`workspace ${name}`);
          return fake.service.workspace(actor, name);
        },
        runs: (actor, filter) => {
          asked.push(`runs ${filter.workspace}`);
          return fake.service.runs(actor, filter);
        },
      }),
    });
    await mine.ask("viewer", "GET", "/api/v1/workspaces/-");
    await mine.ask("viewer", "GET", "/api/v1/runs?workspace=-");
    expect(asked).toEqual(["workspace ", "runs "]);
    const made = await mine.ask("admin", "POST", "/api/v1/tokens", {
      body: { name: "Gate", role: "viewer", workspaces: ["-"] },
    });
    expect(made.json.token.workspaces).toEqual([""]);
    expect(
      (
        await mine.ask(null, "GET", "/api/v1/session", {
          headers: { authorization: `Bearer ${made.json.text}` },
        })
      ).json,
    ).toEqual({
      how: "token",
      actor: { name: "Gate", role: "viewer", workspaces: [""] },
      isOpen: false,
    });
    await mine.close();
  });

  test("pages of runs follow each other without a gap", async () => {
    const ids: string[] = [];
    let before = "";
    for (let page = 0; page < 20; page += 1) {
      const told = await world.ask("viewer", "GET", `/api/v1/runs?limit=7${before}`);
      ids.push(...told.json.runs.map(({ id }: { id: string }) => id));
      if (told.json.next === undefined) break;
      before = `&before=${told.json.next}`;
    }
    expect(ids).toEqual(world.fake.state.requests.map(({ id }) => id));
  });

  test("a value of any kind can be a variable", async () => {
    const url = "/api/v1/workspaces/northridge/mappings/workers/variables/followInactive";
    for (const value of [null, false, 0, "", "true", [1, { a: null }], { deep: { er: [] } }]) {
      const told = await world.ask("operator", "PUT", url, { body: { value } });
      const variable = told.json.variables.find(
        ({ name }: { name: string }) => name === "followInactive",
      );
      expect(variable.value).toEqual(value);
    }
  });

  test("HEAD tells what GET would, without its body", async () => {
    const told = await world.ask("viewer", "HEAD", "/api/v1/workspaces");
    expect(told.status).toBe(200);
    expect(told.text).toBe("");
  });
});

test("the roles of the invented service are those of the real one", () => {
  const who: readonly Who[] = ["viewer", "operator", "admin", "harbor", "revoked"];
  expect(who.every((each) => world.fake.access.tokens.has(`${each}-token`))).toBe(true);
});
