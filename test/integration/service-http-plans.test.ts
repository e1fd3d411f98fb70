import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planCache } from "../../server/http/plan-cache.ts";
import { changesOf, heldOf, summaryOf } from "../../server/http/plan-slices.ts";
import { aPlan } from "../support/plans.ts";
import { fakeIds, fakeNow, fakeService } from "../support/service-fake.ts";
import { largePlan, waitingPlan } from "../support/service-fake-plan.ts";
import { type HttpWorld, httpWorld } from "../support/service-http.ts";

/* Plans on pages, and logs as files. */

let world: HttpWorld;

beforeAll(async () => {
  world = await httpWorld();
});

afterAll(() => world.close());

const plan = waitingPlan(fakeNow);
const ids = (changes: readonly { readonly id: string }[]) => changes.map(({ id }) => id);
const whole = { from: 0, limit: 200 } as const;

describe("pages of changes", () => {
  test("follow each other in the order of the plan", () => {
    const large = largePlan("large", fakeNow, 450);
    const found: string[] = [];
    let from: number | undefined = 0;
    while (from !== undefined) {
      const page: ReturnType<typeof changesOf> = changesOf(large, { from, limit: 200 });
      expect(page.total).toBe(450);
      found.push(...ids(page.found));
      from = page.next;
    }
    expect(found).toEqual(ids(large.changes));
  });

  test("a page after the last one is empty", () => {
    expect(changesOf(plan, { from: 12, limit: 50 })).toEqual({ found: [], total: 12 });
  });

  test("can be of some kinds only", () => {
    const page = changesOf(plan, { ...whole, kinds: ["link", "delete"] });
    expect(ids(page.found)).toEqual(["link-5", "delete-8"]);
  });

  /** The label of a change in capitals. */
  const loud = (id: string) =>
    plan.changes.find((change) => change.id === id)?.label.toUpperCase() ?? "";
  const searches: readonly (readonly [string, string, readonly string[]])[] = [
    ["a part of a label, in any case", loud("update-2").slice(1), ["update-2"]],
    ["the address of a source", "wfp/people/P-1008", ["delete-8"]],
    ["the address of a target", "users/70007", ["unlink-7"]],
    ["what the target of a link is called", loud("link-5"), ["link-5", "update-5"]],
    ["a reason", "rule deletes what was made for a trial", ["delete-8"]],
    ["a field", "mobile_phone", ["update-2"]],
    ["what a field had", "555-0199", ["update-2"]],
    ["what a field gets", "farrow-lind", ["update-3"]],
    ["what a reference is called", "northridge builders", ["create-21", "create-22", "create-23"]],
    ["what is nowhere", "zzz", []],
  ];

  test.for(searches)("search looks for %s", ([_title, search, expected]) => {
    expect(ids(changesOf(plan, { ...whole, search }).found)).toEqual(expected);
  });

  test("search and kind go together, and the total is that of what is found", async () => {
    const url = `/api/v1/runs/${fakeIds.waiting}/plan/changes?kind=retire&search=logs&limit=1`;
    const { json } = await world.ask("viewer", "GET", url);
    expect(ids(json.changes)).toEqual(["retire-1"]);
    expect({ total: json.total, next: json.next }).toEqual({ total: 2, next: 1 });
  });
});

describe("held records of a plan", () => {
  const searches: readonly (readonly [string, readonly string[]])[] = [
    ["P-1031", ["P-1031"]],
    ["procore/users/70132", ["P-1032"]],
    ["sofía", ["P-1033"]],
    ["ambiguous", ["P-1033"]],
    ["employee id", ["P-1032", "P-1033"]],
  ];

  test.for(searches)("search for %s", ([search, expected]) => {
    const { found } = heldOf(plan, { ...whole, search });
    expect(found.map(({ source }) => source.id)).toEqual(expected);
  });

  test("come on pages", async () => {
    const url = `/api/v1/runs/${fakeIds.waiting}/plan/held?from=1&limit=1`;
    const { json } = await world.ask("viewer", "GET", url);
    expect(json).toMatchObject({ total: 3, next: 2, held: [{ code: "disagrees" }] });
  });
});

describe("the summary of a plan", () => {
  test("counts what it leaves out", async () => {
    const { json } = await world.ask(
      "viewer",
      "GET",
      `/api/v1/runs/${fakeIds.waiting}/plan/summary`,
    );
    expect(json.counts).toEqual({
      create: 3,
      update: 4,
      link: 1,
      retire: 2,
      unlink: 1,
      delete: 1,
      held: 3,
      passedOver: 3,
    });
    expect(Object.keys(json.plan)).not.toContain("changes");
    expect(json).toMatchObject({
      status: "waiting",
      workspace: "northridge",
      requestId: fakeIds.waiting,
    });
    expect(json.plan.guards).toEqual(plan.guards);
  });

  test("says what was selected, and lists at most 200 records of a finding", () => {
    const record = { address: { connection: "a", stream: "b", id: "c" }, label: "d" };
    const records = Array.from({ length: 300 }, () => record);
    const selection = { only: ["mapping=people"], exclude: [], leftOut: 4 };
    const summary = summaryOf({
      plan: aPlan({
        selection,
        findings: [{ code: "unmanaged", mapping: "people", message: "300 of them.", records }],
      }),
      workspace: "northridge",
      requestId: "r",
      status: "applied",
    });
    expect(summary.plan.selection).toEqual(selection);
    expect(summary.plan.findings[0]?.records).toHaveLength(200);
  });
});

describe("plans that are looked at again and again", () => {
  const actor = { name: "somebody", role: "viewer" } as const;

  function cacheWorld(limits: { plans?: number; planRecords?: number } = {}) {
    const fake = fakeService();
    let now = fakeNow.getTime();
    const unpacked: string[] = [];
    const service = {
      run: fake.service.run,
      plan: (...[who, id]: Parameters<typeof fake.service.plan>) => {
        unpacked.push(id);
        return fake.service.plan(who, id);
      },
    };
    const clock = { now: () => new Date(now), sleep: async () => undefined };
    const cache = planCache(service, clock, {
      plans: 8,
      planRecords: 60_000,
      planMs: 60_000,
      ...limits,
    });
    const pass = (ms: number) => {
      now += ms;
    };
    return { fake, cache, unpacked, pass };
  }

  test("are unpacked once, also for two that ask at one time", async () => {
    const { cache, unpacked } = cacheWorld();
    await Promise.all([cache.of(actor, fakeIds.large), cache.of(actor, fakeIds.large)]);
    await cache.of(actor, fakeIds.large);
    expect(unpacked).toEqual([fakeIds.large]);
  });

  test("say what was decided since", async () => {
    const { cache, fake } = cacheWorld();
    await cache.of(actor, fakeIds.large);
    await fake.service.reject({ name: "Hana Novak", role: "operator" }, fakeIds.large);
    expect(await cache.of(actor, fakeIds.large)).toMatchObject({
      value: { status: "rejected", decidedBy: "Hana Novak" },
    });
  });

  test("are shown to nobody who may not see them", async () => {
    const { cache, unpacked } = cacheWorld();
    await cache.of(actor, fakeIds.large);
    const other = { ...actor, workspaces: ["harbor"] };
    expect(await cache.of(other, fakeIds.large)).toMatchObject({
      ok: false,
      trouble: { code: "request-unknown" },
    });
    expect(unpacked).toHaveLength(1);
  });

  test("are forgotten after some minutes without a look", async () => {
    const { cache, unpacked, pass } = cacheWorld();
    await cache.of(actor, fakeIds.large);
    pass(50_000);
    await cache.of(actor, fakeIds.large);
    pass(50_000);
    await cache.of(actor, fakeIds.large);
    pass(61_000);
    await cache.of(actor, fakeIds.large);
    expect(unpacked).toHaveLength(2);
  });

  test.for([{ plans: 1 }, { planRecords: 100 }])("are forgotten for others: %o", async (limits) => {
    const { cache, unpacked } = cacheWorld(limits);
    for (const id of [fakeIds.large, fakeIds.large, fakeIds.waiting, fakeIds.large]) {
      await cache.of(actor, id);
    }
    expect(unpacked).toEqual([fakeIds.large, fakeIds.waiting, fakeIds.large]);
  });
});

describe("S-013: the log of a run as a file", () => {
  const types = {
    txt: "text/plain; charset=utf-8",
    csv: "text/csv; charset=utf-8",
    ndjson: "application/x-ndjson; charset=utf-8",
  } as const;

  test.for(["txt", "csv", "ndjson"] as const)("%s", async (format) => {
    const told = await world.ask("viewer", "GET", `/api/v1/runs/${fakeIds.long}/log.${format}`);
    expect(told.headers["content-type"]).toBe(types[format]);
    expect(told.headers["content-disposition"]).toBe(
      `attachment; filename="run-${fakeIds.long}.${format}"`,
    );
    const pieces: string[] = [];
    const actor = { name: "x", role: "viewer" } as const;
    const answer = await world.fake.service.log(actor, fakeIds.long, format);
    if (answer.ok) for await (const piece of answer.value) pieces.push(piece);
    expect(pieces.length).toBeGreaterThanOrEqual(3_200);
    expect(told.text).toBe(pieces.join(""));
  });

  test("the name of the file is safe whatever the id is", async () => {
    const mine = await httpWorld({
      change: () => ({
        log: async () => ({
          ok: true,
          value: (async function* () {
            yield "line\n";
          })(),
        }),
      }),
    });
    const url = `/api/v1/runs/${encodeURIComponent('a"; filename=x\r\nX-Evil: ü/..')}/log.txt`;
    const told = await mine.ask("viewer", "GET", url);
    expect(told.headers["content-disposition"]).toBe(
      'attachment; filename="run-a-filename-x-X-Evil-.txt"',
    );
    expect(told.headers["x-evil"]).toBeUndefined();
    await mine.close();
  });

  test("a file that breaks off is not taken for a whole one", async () => {
    const mine = await httpWorld({
      change: () => ({
        log: async () => ({
          ok: true,
          value: (async function* () {
            yield "x".repeat(200_000);
            throw new Error("The state does not answer.");
          })(),
        }),
      }),
    });
    const answer = await fetch(`${mine.http.url}/api/v1/runs/any/log.txt`, {
      headers: { authorization: "Bearer viewer-token" },
    });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(mine.lines.map(({ message }) => message)).toContain("A download has broken off.");
    await mine.close();
  });
});
