import { afterEach, describe, expect, test } from "vitest";
import type { GuardResult, Plan } from "../../engine/plan/plan.ts";
import type { NotificationTarget } from "../../server/settings/settings.ts";
import { ended } from "../conformance/service-store-samples.ts";
import { run } from "../conformance/store-samples.ts";
import { aHeld, users } from "../support/plans.ts";
import { allEvents, key, planWith, secret, type Told, told } from "../support/service-told.ts";
import { type WebhookReceiver, webhookReceiver } from "../support/service-webhook.ts";

/* What people are told of, and that they are told once. */

let receiver: WebhookReceiver;
let world: Told;

afterEach(async () => {
  await world.close();
  await receiver.close();
});

async function northridge(more: Partial<NotificationTarget> = {}): Promise<Told> {
  receiver = await webhookReceiver(key);
  const target = { kind: "webhook", url: receiver.url, secret, events: allEvents } as const;
  world = told([{ ...target, ...more } as NotificationTarget]);
  return world;
}

/** Events so far, with the id of the request that they are about. */
const events = () => receiver.deliveries.map(({ body }) => `${body["event"]} ${body["request"]}`);

const guard: GuardResult = {
  code: "too-many-retires",
  mapping: "people",
  message: "7 of 20 linked records would be retired.",
  allow: "people:retire",
  allowed: false,
};

const held = (...ids: readonly string[]): Plan =>
  planWith({ held: ids.map((id) => aHeld(id, `Person ${id}`)) });

describe("the state of a mapping", () => {
  test("a run that went well is not worth a word", async () => {
    const { settle } = await northridge();
    await settle({ status: "done" }, planWith());
    await settle({ status: "done" }, planWith());
    expect(events()).toEqual([]);
  });

  test("failing is told once, and that it works again", async () => {
    const { settle } = await northridge();
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "done" }, planWith());
    await settle({ status: "done" }, planWith());
    await settle({ status: "failed", code: "unreachable" });
    expect(events()).toEqual(["failed r1", "recovered r3", "failed r5"]);
  });

  test("failing of another kind is told", async () => {
    const { settle } = await northridge();
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "failed", code: "credentials-refused" });
    expect(events()).toEqual(["failed r1", "failed r2"]);
  });

  test("records that could not be written are told with their number", async () => {
    const { settle, state } = await northridge();
    const store = state.workspace("northridge");
    await store.startRun(run("run-1", { request: "r1" }));
    await store.addEntries("run-1", [
      { ...entry(0), status: "failed" },
      { ...entry(1), status: "in-doubt" },
      { ...entry(2), status: "stale" },
    ]);
    await settle({ id: "r1", status: "partial" }, planWith());
    expect(receiver.deliveries[0]?.body).toMatchObject({
      event: "failed",
      counts: { failed: 2 },
      message: expect.stringContaining("2 records of people could not be written"),
    });
  });

  test("a run that left out only what changed meanwhile went well", async () => {
    const { settle, state } = await northridge();
    const store = state.workspace("northridge");
    await store.startRun(run("run-1", { request: "r1" }));
    await store.addEntries("run-1", [{ ...entry(0), status: "stale" }]);
    await settle({ id: "r1", status: "partial" }, planWith());
    expect(events()).toEqual([]);
  });

  test("a system that could not be read to the end is told, because nothing else would show it", async () => {
    const { settle } = await northridge();
    const readings = [{ ...users, records: 0, ended: false, problem: "credentials-refused" }];
    await settle({ status: "partial" }, planWith({ readings }));
    expect(events()).toEqual(["failed r1"]);
    expect(receiver.deliveries[0]?.body["message"]).toContain("1 stream could not be read");
  });

  test("a plan that waits is told once, however often it is made anew", async () => {
    const { settle, state } = await northridge();
    await settle({ status: "waiting", planId: "p1" }, planWith({ guards: [guard] }));
    await state.service.moveRequest("r1", ["waiting"], { status: "cancelled" });
    await settle({ status: "waiting", planId: "p2" }, planWith({ guards: [guard] }));
    expect(events()).toEqual(["blocked r1"]);
    expect(receiver.deliveries[0]?.body["message"]).toContain("too-many-retires");
  });

  test("a guard that stands against what only waited for approval is told", async () => {
    const { settle, state } = await northridge();
    await settle({ status: "waiting" }, planWith());
    await state.service.moveRequest("r1", ["waiting"], { status: "cancelled" });
    await settle({ status: "waiting" }, planWith({ guards: [guard] }));
    expect(events()).toEqual(["blocked r1", "blocked r2"]);
  });

  test("a guard that was let through is none", async () => {
    const { settle } = await northridge();
    await settle({ status: "waiting" }, planWith({ guards: [{ ...guard, allowed: true }] }));
    expect(receiver.deliveries[0]?.body["message"]).not.toContain("too-many-retires");
  });

  test("while a plan waits, the same plan made again says nothing, and after the decision all is well", async () => {
    const { settle, state } = await northridge();
    const plan = planWith({ guards: [guard] });
    await state.service.storePlan({
      plan,
      workspace: "northridge",
      requestId: "r1",
      status: "waiting",
    });
    await settle({ status: "waiting", planId: plan.id }, plan);
    await settle({ status: "done", note: "The same plan waits." }, plan);
    expect(events()).toEqual(["blocked r1"]);
    await state.service.moveRequest("r1", ["waiting"], { status: "done" });
    await settle({ status: "done" }, planWith());
    expect(events()).toEqual(["blocked r1", "recovered r3"]);
  });

  test("a plan that waits is told after the next run, should the process have died before it told", async () => {
    const { settle, state } = await northridge();
    const plan = planWith({ guards: [guard] });
    const workspace = "northridge";
    await state.service.storePlan({ plan, workspace, requestId: "r0", status: "waiting" });
    await state.service.addRequest({
      ...ended("r0", new Date("2026-03-02T09:00:00Z")),
      workspace,
      status: "waiting",
      planId: plan.id,
    });
    await settle({ status: "done", code: "plan-waits-already" });
    await settle({ status: "done", code: "plan-waits-already" });
    expect(events()).toEqual(["blocked r0"]);
    expect(receiver.deliveries[0]?.body).toMatchObject({
      status: "waiting",
      url: "https://sync.northridge.example/runs/r0",
    });
  });

  test("a plan that nobody can approve is told as that", async () => {
    const { settle } = await northridge();
    await settle({ status: "refused", code: "accounts-bound" });
    expect(receiver.deliveries[0]?.body).toMatchObject({
      event: "blocked",
      status: "refused",
      message: expect.stringContaining("approving it is not possible"),
    });
  });

  test("a request that nobody wants any more changes nothing", async () => {
    const { settle } = await northridge();
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "cancelled" }, held("1"));
    await settle({ status: "failed", code: "unreachable" });
    expect(events()).toEqual(["failed r1"]);
  });
});

describe("held records", () => {
  test("are told when they come up, and only then", async () => {
    const { settle } = await northridge();
    await settle({}, held("1", "2"));
    await settle({}, held("2", "1"));
    await settle({}, held("2"));
    await settle({}, held("2", "3"));
    await settle({}, held());
    await settle({}, held("2"));
    expect(events()).toEqual(["held r1", "held r4", "held r6"]);
    expect(receiver.deliveries.map(({ body }) => body["counts"])).toEqual([
      { newlyHeld: 2 },
      { newlyHeld: 1 },
      { newlyHeld: 1 },
    ]);
    expect(receiver.deliveries[1]?.body["message"]).toContain(
      "1 record of people is held: not written until somebody has looked. With those of earlier runs, 2 wait",
    );
  });

  test("are told again when they are held for another reason", async () => {
    const { settle } = await northridge();
    await settle({}, held("1"));
    await settle({}, planWith({ held: [aHeld("1", "Person 1", { code: "ambiguous" })] }));
    expect(events()).toEqual(["held r1", "held r2"]);
  });

  test("of other mappings that the run went through are told by their own runs", async () => {
    const { settle } = await northridge();
    await settle({}, planWith({ held: [aHeld("1", "Person 1", { mapping: "projects" })] }));
    expect(events()).toEqual([]);
  });

  test("of a linking run are not told: a person has started it and looks on", async () => {
    const { settle } = await northridge();
    await settle({ purpose: "link" }, held("1"));
    expect(events()).toEqual([]);
  });

  test("that a reading which broke off did not see are not new when they are seen again", async () => {
    const { settle } = await northridge();
    await settle({}, held("1", "2"));
    const readings = [{ ...users, records: 0, ended: false }];
    await settle({ status: "partial" }, planWith({ readings }));
    await settle({}, held("1", "2"));
    expect(events()).toEqual(["held r1", "failed r2", "recovered r3"]);
  });

  test("are counted also when there are thousands of them", async () => {
    const { settle } = await northridge();
    const ids = Array.from({ length: 3_000 }, (_, index) => String(index));
    await settle({}, held(...ids));
    await settle({}, held(...ids));
    await settle({}, held(...ids, "one", "two"));
    await settle({}, held("1", "2"));
    await settle({}, held("1", "2", "x"));
    expect(receiver.deliveries.map(({ body }) => body["counts"])).toEqual([
      { newlyHeld: 3_000 },
      { newlyHeld: 2 },
      { newlyHeld: 1 },
    ]);
  });
});

describe("who is told", () => {
  test("of the events that were asked for only", async () => {
    const { settle } = await northridge({ events: ["failed"] });
    await settle({}, held("1"));
    await settle({ status: "failed" });
    await settle({});
    expect(events()).toEqual(["failed r2"]);
  });

  test("of the workspaces that were asked for only", async () => {
    const { settle } = await northridge({ workspaces: ["harbour"] });
    await settle({ status: "failed" });
    await settle({ status: "failed", workspace: "harbour" });
    expect(events()).toEqual(["failed r2"]);
  });

  test("each mapping and each company for itself", async () => {
    const { settle } = await northridge();
    await settle({ status: "failed", code: "unreachable" });
    await settle({ status: "failed", code: "unreachable", mapping: "projects" });
    await settle({ status: "failed", code: "unreachable", workspace: "harbour" });
    expect(events()).toEqual(["failed r1", "failed r2", "failed r3"]);
  });

  test("by whichever process was first", async () => {
    const { settle, another } = await northridge();
    const request = await settle({ status: "failed", code: "unreachable" });
    const other = another();
    await other.requestSettled(request, undefined);
    await other.idle();
    expect(events()).toEqual(["failed r1"]);
  });
});

function entry(sequence: number) {
  return {
    sequence,
    mapping: "people",
    rule: "users",
    source: { connection: "hr", stream: "people", id: String(sequence) },
    label: "Ilse Brandvold",
    action: "update",
    reason: "",
    fields: [],
  } as const;
}
