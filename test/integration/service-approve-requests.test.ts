import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { PlanKey, RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import { openService } from "../../server/service/open-service.ts";
import type { Actor } from "../../server/service.ts";
import { person } from "../support/office.ts";
import {
  admin,
  answered,
  type House,
  openHouse,
  operator,
  refusedAs,
} from "../support/service-house.ts";

/* Plans that wait for a person: approved, rejected, by two people at once, and after a process has died in between. */

let house: House;
afterEach(() => house.close());

const approving = ["limits: { minimum: 3 }", "limits: { minimum: 3 }\napply: approve"] as const;

function crew(size: number) {
  return Array.from({ length: size }, (_nothing, at) =>
    person(`p${at}`, { name: `Person ${at}`, number: `${at}`, is_user: false }),
  );
}

/** A plan that creates so many contacts waits. */
async function waiting(size = 3): Promise<RunRequest> {
  house = await openHouse({ north: { people: crew(size), replace: [approving] } });
  const request = await house.run("north");
  expect(request).toMatchObject({ status: "waiting", counts: { create: size } });
  return request;
}

function keyOf({ workspace, planId = "" }: RunRequest): PlanKey {
  return { workspace, planId };
}

async function planOf(request: RunRequest): Promise<StoredPlan> {
  const stored = await house.state.service.plan(keyOf(request));
  if (!stored) throw new Error("there is no plan");
  return stored;
}

function contacts(): readonly string[] {
  return house
    .world("north")
    .stream("contacts")
    .records()
    .map(({ fields }) => String(fields["name"]))
    .sort();
}

test("a plan that was approved whole is applied exactly, and tells who approved it", async () => {
  const request = await waiting();
  const approved = answered(await house.service.approve(operator, request.id, { allow: [] }));
  expect(approved).toMatchObject({ status: "queued", planId: request.planId });
  expect(house.queue).toEqual([request.id]);
  expect(house.told.at(-1)).toEqual({ requestId: request.id, workspace: "north" });
  expect(await planOf(approved)).toMatchObject({ status: "approved", decidedBy: "Olga" });
  // What has come up since is not a part of what was approved.
  house
    .world("north")
    .stream("people")
    .put(person("p9", { name: "Late", number: "9", is_user: false }));
  await house.work();
  expect(await house.request(request.id)).toMatchObject({ status: "done" });
  expect(contacts()).toEqual(["Person 0", "Person 1", "Person 2"]);
  const view = answered(await house.service.run(operator, request.id));
  expect(view.plan).toMatchObject({ status: "applied", decidedBy: "Olga" });
  expect(view.runs).toMatchObject([{ status: "applied", planId: request.planId }]);
});

test("a part of a plan gets a plan of its own, and the original is kept as decided", async () => {
  const request = await waiting();
  const { plan } = await planOf(request);
  const [first] = plan.changes;
  const changes = [first?.id ?? ""];
  const approved = answered(
    await house.service.approve(operator, request.id, { changes, allow: [] }),
  );
  expect(approved.planId).not.toBe(request.planId);
  expect(approved.counts).toMatchObject({ create: 1 });
  expect(await planOf(request)).toMatchObject({ status: "approved", approved: changes });
  const part = await planOf(approved);
  expect(part).toMatchObject({ status: "approved", decidedBy: "Olga", approved: changes });
  expect(part.plan.changes).toEqual([first]);
  await house.work();
  expect(await house.request(request.id)).toMatchObject({ status: "done" });
  expect(contacts()).toEqual([first?.label]);
  const next = await house.run("north");
  expect(next).toMatchObject({ status: "waiting", counts: { create: 2 } });
});

test("change-unknown, nothing-approved: what cannot be approved leaves everything as it was", async () => {
  const request = await waiting();
  for (const changes of [["nope"], []]) {
    const told = refusedAs(
      await house.service.approve(operator, request.id, { changes, allow: [] }),
    );
    expect(told).toMatch(/^422 (change-unknown|nothing-approved)$/);
  }
  expect(await house.request(request.id)).toEqual(request);
  expect((await planOf(request)).status).toBe("waiting");
  expect(house.queue).toEqual([]);
});

test("guard-not-named: a guard is let through by its name, and the run goes on", async () => {
  house = await openHouse({ north: { people: crew(6) } });
  expect((await house.run("north")).status).toBe("done");
  for (const record of house.world("north").stream("people").records()) {
    const fields = { ...record.fields, title: "Welder" };
    house
      .world("north")
      .stream("people")
      .put({ ...record, fields });
  }
  const request = await house.run("north");
  expect(request.status).toBe("waiting");
  const view = answered(await house.service.run(operator, request.id));
  const allow = view.guards.flatMap((guard) => guard.allow ?? []);
  expect(allow).toContain("people:too-many-updates");
  const [one = ""] = allow;
  const refused = await house.service.approve(operator, request.id, { allow: [one] });
  expect(refusedAs(refused)).toBe("409 guard-not-named");
  answered(await house.service.approve(operator, request.id, { allow }));
  await house.work();
  expect(await house.request(request.id)).toMatchObject({ status: "done" });
  expect(answered(await house.service.run(operator, request.id)).guards).toEqual([]);
});

test("plan-foreign: a plan of other files than those of now is not approved", async () => {
  const request = await waiting();
  const file = join(house.folderOf("north"), "people.yaml");
  const { officeMapping } = await import("../support/office.ts");
  const edited = officeMapping
    .replaceAll("connection: office", "connection: north-office")
    .replace("title: title", "title: $uppercase(title)");
  await writeFile(file, edited);
  await house.workspaces.refresh("north");
  expect(refusedAs(await house.service.approve(operator, request.id, { allow: [] }))).toBe(
    "409 plan-foreign",
  );
  expect(await house.request(request.id)).toEqual(request);
});

test("a plan that is rejected is never applied", async () => {
  const request = await waiting();
  const rejected = answered(await house.service.reject(operator, request.id));
  expect(rejected).toMatchObject({
    status: "cancelled",
    note: "Rejected by Olga.",
    finishedAt: expect.any(Date),
  });
  expect(await planOf(request)).toMatchObject({ status: "rejected", decidedBy: "Olga" });
  await house.work();
  expect(contacts()).toEqual([]);
  const again = await house.service.approve(admin, request.id, { allow: [] });
  expect(refusedAs(again)).toBe("409 plan-not-waiting");
  expect(again).toHaveProperty(
    "trouble.message",
    expect.stringMatching(/^The run .* is cancelled\. Its plan was rejected by Olga at 20/),
  );
});

test("plan-not-waiting: of two people at once one wins, and the other is told what happened", async () => {
  for (const second of ["approve", "reject"] as const) {
    const request = await waiting();
    const { service } = house;
    const [first, other] = await Promise.all([
      service.approve(operator, request.id, { allow: [] }),
      second === "approve"
        ? service.approve(admin, request.id, { allow: [] })
        : service.reject(admin, request.id),
    ]);
    const told = [refusedAs(first), refusedAs(other)].sort();
    expect(told).toEqual(["409 plan-not-waiting", "an answer"]);
    const winner = first.ok ? "Olga" : "Ada";
    const loser = first.ok ? other : first;
    expect(loser).toHaveProperty("trouble.message", expect.stringContaining(`by ${winner}`));
    expect((await planOf(request)).decidedBy).toBe(winner);
    const isRejected = !first.ok && second === "reject";
    expect((await house.request(request.id)).status).toBe(isRejected ? "cancelled" : "queued");
    await house.work();
    expect(contacts()).toHaveLength(isRejected ? 0 : 3);
    if (second === "approve") await house.close();
  }
});

test("of two people who approve different parts, exactly one part is applied", async () => {
  const request = await waiting();
  const { plan } = await planOf(request);
  const parts = plan.changes.slice(0, 2).map(({ id }) => [id]);
  const answers = await Promise.all(
    parts.map((changes) => house.service.approve(operator, request.id, { changes, allow: [] })),
  );
  expect(answers.map(refusedAs).sort()).toEqual(["409 plan-not-waiting", "an answer"]);
  await house.work();
  const won = answers.findIndex(({ ok }) => ok);
  expect(contacts()).toEqual([plan.changes[won]?.label]);
});

test("what a person approves comes before another run of the mapping that is queued", async () => {
  const request = await waiting();
  const what = { workspace: "north", mapping: "people", purpose: "sync", allow: [] } as const;
  const other = answered(await house.service.startRun(admin, { ...what, trigger: "manual" }));
  expect(other.status).toBe("queued");
  const approved = answered(await house.service.approve(operator, request.id, { allow: [] }));
  expect(approved.status).toBe("queued");
  expect(await house.request(other.id)).toMatchObject({
    status: "cancelled",
    note: expect.stringContaining("An approved plan of the same mapping came first."),
  });
  await house.work();
  expect(contacts()).toHaveLength(3);
});

test("a process that dies right after the decision leaves nothing stuck: whoever comes next carries it out", async () => {
  for (const status of ["approved", "rejected"] as const) {
    const request = await waiting();
    const [first] = (await planOf(request)).plan.changes;
    const part = status === "approved" ? { approved: [first?.id ?? ""] } : {};
    const decision = { status, decidedBy: "Olga", decidedAt: new Date(), ...part };
    await house.state.service.decidePlan(keyOf(request), ["waiting"], decision);
    expect((await house.request(request.id)).status).toBe("waiting");
    // Nothing of what the next one asks for counts any more.
    const next = await house.service.approve(admin, request.id, { allow: [] });
    expect(refusedAs(next)).toBe("409 plan-not-waiting");
    await house.work();
    const ended = await house.request(request.id);
    expect(ended.status).toBe(status === "approved" ? "done" : "cancelled");
    expect(contacts()).toEqual(status === "approved" ? [first?.label] : []);
    if (status === "approved") await house.close();
  }
});

test("a newer plan that takes the place of one that is being approved wins, and the approval is told so", async () => {
  const request = await waiting();
  const { service } = house.state;
  // Right before the approved request would go back into the queue, a newer plan ends it.
  const overtaken = openService({
    ...house.deps,
    state: {
      ...house.state,
      service: {
        ...service,
        moveRequest: async (id, from, change, worker) => {
          if (id === request.id && change.status === "queued") {
            const taken = { status: "cancelled", note: "A newer plan takes its place." } as const;
            await service.moveRequest(id, ["waiting"], taken);
          }
          return service.moveRequest(id, from, change, worker);
        },
      },
    },
  });
  const told = await overtaken.approve(operator, request.id, { allow: [] });
  expect(refusedAs(told)).toBe("409 plan-not-waiting");
  expect(told).toHaveProperty("trouble.message", expect.stringContaining("A newer plan"));
  expect((await planOf(request)).status).toBe("superseded");
  expect(house.queue).toEqual([]);
});

test("plan-missing: a plan that is not kept any more cannot be approved, and its run can be ended", async () => {
  const request = await waiting();
  await house.state.service.moveRequest(request.id, ["waiting"], { planId: "gone" });
  expect(refusedAs(await house.service.plan(operator, request.id))).toBe("404 plan-missing");
  expect(refusedAs(await house.service.approve(operator, request.id, { allow: [] }))).toBe(
    "409 plan-missing",
  );
  expect(answered(await house.service.reject(operator, request.id)).status).toBe("cancelled");
});

const people: readonly Actor[] = [operator, admin];

test("request-ended: what is queued or waits is cancelled at once, what is under way is asked to end", async () => {
  const request = await waiting();
  const ended = answered(await house.service.cancelRun(operator, request.id));
  expect(ended).toMatchObject({ status: "cancelled", note: "Cancelled by Olga." });
  expect((await planOf(request)).status).toBe("rejected");
  for (const actor of people) {
    expect(refusedAs(await house.service.cancelRun(actor, request.id))).toBe("409 request-ended");
  }
  const what = { workspace: "north", mapping: "people", purpose: "sync", allow: [] } as const;
  const queued = answered(await house.service.startRun(operator, { ...what, trigger: "api" }));
  expect(answered(await house.service.cancelRun(admin, queued.id))).toMatchObject({
    status: "cancelled",
    note: "Cancelled by Ada.",
  });
  const { runIds: _runIds, finishedAt: _finishedAt, ...rest } = queued;
  const { service } = house.state;
  await service.addRequest({ ...rest, id: "under-way", status: "applying", worker: "w" });
  const asked = answered(await house.service.cancelRun(operator, "under-way"));
  expect(asked).toMatchObject({ status: "applying", stopAskedBy: "Olga", worker: "w" });
  expect(house.told.at(-1)).toEqual({ requestId: "under-way", workspace: "north" });
});
