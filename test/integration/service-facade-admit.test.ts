import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../engine/state/service-store.ts";
import type { Actor, Service } from "../../server/service.ts";
import { contact, person } from "../support/office.ts";
import { answered, type House, openHouse, refusedAs } from "../support/service-house.ts";

/* Who may ask for what: every member of the service, for every role, and for whoever belongs to another company. */

let house: House;
/** A request that has ended. */
const ids = { ended: "" };

beforeAll(async () => {
  house = await openHouse({
    north: {
      people: [person("p1", { name: "Ann Lee", number: "1", is_user: false })],
      contacts: [contact("c1", { name: "Ann Other", number: "1" })],
    },
    south: { people: [] },
  });
  ids.ended = (await house.run("north")).id;
});
afterAll(() => house.close());

const key = { workspace: "north", mapping: "people" };

/** Members that are about one workspace: what the lowest role is, and how they are asked. */
const members: Readonly<
  Record<
    Exclude<
      keyof Service,
      "workspaces" | "runs" | "tokens" | "createToken" | "revokeToken" | "readiness" | "watch"
    >,
    { readonly role: Role; readonly ask: (service: Service, actor: Actor) => Promise<Told> }
  >
> = {
  workspace: { role: "viewer", ask: (one, actor) => one.workspace(actor, "north") },
  startRun: {
    role: "operator",
    ask: (one, actor) =>
      one.startRun(actor, { ...key, purpose: "sync", allow: [], trigger: "api" }),
  },
  cancelRun: { role: "operator", ask: (one, actor) => one.cancelRun(actor, ids.ended) },
  run: { role: "viewer", ask: (one, actor) => one.run(actor, ids.ended) },
  entries: {
    role: "viewer",
    ask: (one, actor) => one.entries(actor, ids.ended, { from: 0, limit: 10 }),
  },
  log: { role: "viewer", ask: (one, actor) => one.log(actor, ids.ended, "csv") },
  plan: { role: "viewer", ask: (one, actor) => one.plan(actor, ids.ended) },
  approve: { role: "operator", ask: (one, actor) => one.approve(actor, ids.ended, { allow: [] }) },
  reject: { role: "operator", ask: (one, actor) => one.reject(actor, ids.ended) },
  held: { role: "viewer", ask: (one, actor) => one.held(actor, "north") },
  decide: {
    role: "operator",
    ask: (one, actor) =>
      one.decide(
        actor,
        { ...key, rule: "contacts", source: "north-office/people/p1", why: "" },
        { kind: "ignore" },
      ),
  },
  setAutosync: { role: "operator", ask: (one, actor) => one.setAutosync(actor, key, true) },
  setVariable: {
    role: "operator",
    ask: (one, actor) => one.setVariable(actor, { ...key, variable: "none" }, 1),
  },
  checkConnections: { role: "operator", ask: (one, actor) => one.checkConnections(actor, "north") },
  records: {
    role: "viewer",
    ask: (one, actor) => one.records(actor, "north", ["north-office/people/p1"]),
  },
  history: {
    role: "viewer",
    ask: (one, actor) => one.history(actor, "north", "north-office/people/p1"),
  },
  explain: { role: "viewer", ask: (one, actor) => one.explain(actor, key, "p1") },
};

interface Told {
  readonly ok: boolean;
  readonly trouble?: { readonly status: number; readonly code: string };
}

const roles: readonly Role[] = ["viewer", "operator", "admin"];

describe.each(Object.entries(members))("%s", (_name, { role: lowest, ask }) => {
  test.each(roles)("as %s", async (role) => {
    const may = roles.indexOf(role) >= roles.indexOf(lowest);
    for (const workspaces of [undefined, ["north"], ["south", "north"]]) {
      const actor: Actor = { name: "Somebody", role, ...(workspaces && { workspaces }) };
      const told = refusedAs(await ask(house.service, actor));
      if (may) expect(told).not.toMatch(/^403|workspace-unknown|request-unknown/);
      else expect(told).toBe("403 not-allowed");
    }
  });

  test.each(roles)("as %s of another company, it is not there", async (role) => {
    const told = refusedAs(
      await ask(house.service, { name: "Stranger", role, workspaces: ["south"] }),
    );
    expect(told).toMatch(/^404 (workspace|request)-unknown$/);
  });
});

const stranger: Actor = { name: "Stranger", role: "admin", workspaces: ["south"] };

test("workspaces and runs of others are left out of lists", async () => {
  const all = await house.service.workspaces({ name: "Vera", role: "viewer" });
  expect(all.map(({ name }) => name)).toEqual(["north", "south"]);
  expect((await house.service.workspaces(stranger)).map(({ name }) => name)).toEqual(["south"]);
  const listed = answered(await house.service.runs(stranger, { limit: 10 }));
  expect(listed.runs).toEqual([]);
  for (const filter of [{ workspace: "north" }, { before: ids.ended }]) {
    const told = refusedAs(await house.service.runs(stranger, { ...filter, limit: 10 }));
    expect(told).toMatch(/^404 (workspace|request)-unknown$/);
  }
});

test("tokens are an admin's matter, and an admin of some companies gives away no more than they have", async () => {
  const { service } = house;
  for (const role of ["viewer", "operator"] as const) {
    const actor = { name: "Somebody", role };
    expect(refusedAs(await service.tokens(actor))).toBe("403 not-allowed");
    expect(refusedAs(await service.createToken(actor, { name: "X", role: "viewer" }))).toBe(
      "403 not-allowed",
    );
    expect(refusedAs(await service.revokeToken(actor, "x"))).toBe("403 not-allowed");
  }
  const root: Actor = { name: "Ada", role: "admin" };
  const whole = answered(await service.createToken(root, { name: "Whole", role: "viewer" }));
  const wide = { name: "Wide", role: "viewer", workspaces: ["south", "north"] } as const;
  answered(await service.createToken(root, wide));
  for (const workspaces of [undefined, ["north"], ["south", "north"]]) {
    const wanted = { name: "New", role: "admin" as const, ...(workspaces && { workspaces }) };
    expect(refusedAs(await service.createToken(stranger, wanted))).toBe("403 not-allowed");
  }
  const own = answered(
    await service.createToken(stranger, { name: "Own", role: "admin", workspaces: ["south"] }),
  );
  expect(answered(await service.tokens(stranger))).toEqual([own.token]);
  expect(refusedAs(await service.revokeToken(stranger, whole.token.id))).toBe("404 token-unknown");
  expect(answered(await service.revokeToken(stranger, own.token.id)).revokedAt).toBeInstanceOf(
    Date,
  );
  expect(refusedAs(await service.revokeToken(root, own.token.id))).toBe("404 token-unknown");
});

test("what changes is told to those who may see it", async () => {
  const heard: string[] = [];
  const listen = (actor: Actor) =>
    house.service.watch(actor, ({ requestId }) => heard.push(`${actor.name} ${requestId}`));
  const stops = [stranger, { name: "Vera", role: "viewer" } as const].map(listen);
  await house.deps.changes.tell({ requestId: "a", workspace: "north" });
  await house.deps.changes.tell({ requestId: "b", workspace: "south" });
  for (const stop of stops) stop();
  await house.deps.changes.tell({ requestId: "c", workspace: "south" });
  expect(heard.sort()).toEqual(["Stranger b", "Vera a", "Vera b"]);
});
