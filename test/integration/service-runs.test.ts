import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../engine/plan/plan.ts";
import { openRunsHome, type RunsHome } from "../support/service-runs-home.ts";
import { contactNames, contactsToBe, withPolicy } from "../support/service-runs-office.ts";

/* What becomes of a request: it is planned, decided about, and applied. */

let home: RunsHome;

beforeAll(async () => {
  home = await openRunsHome();
});

afterAll(() => home.close());

const lines = (plan: Plan) => plan.changes.map(({ kind, label }) => `${kind} ${label}`);

describe("a mapping that is applied without asking", () => {
  test("S-021: a run that somebody asks for starts at once, and its log tells what it did", async () => {
    const office = await home.office({ people: contactsToBe(3) });
    const request = await home.run(office);
    expect(request).toMatchObject({
      status: "done",
      counts: { create: 3, update: 0, held: 0, inStep: 0 },
      configurationDigest: office.project?.digest,
      commit: "c0ffee",
      requestedBy: "Hana",
    });
    expect(request.worker).toBeUndefined();
    expect(contactNames(office)).toEqual(["Person 1", "Person 2", "Person 3"]);
    const [runId = ""] = request.runIds;
    const run = await home.state.workspace(office.name).run(runId);
    expect(run).toMatchObject({
      status: "applied",
      startedBy: "Hana",
      request: request.id,
      counts: { applied: 3 },
    });
    expect((await home.plan(request)).status).toBe("applied");
    expect(home.settled.get(request.id)?.plan?.changes).toHaveLength(3);
  });

  test("S-024: the next run has nothing to do, and is listed all the same", async () => {
    const office = await home.office({ people: contactsToBe(3) });
    await home.run(office);
    const second = await home.run(office);
    expect(second).toMatchObject({ status: "done", counts: { create: 0, update: 0, inStep: 3 } });
    expect(second.runIds).toHaveLength(1);
  });

  test("asked for twice while it waits in the queue, it is one request", async () => {
    const office = await home.office({ people: contactsToBe(1) });
    const notBefore = new Date(Date.now() + 600);
    const first = await home.ask(office, { notBefore });
    const second = await home.ask(office, { requestedBy: "Owen" });
    expect(second.id).toBe(first.id);
    expect((await home.outcome(first)).status).toBe("done");
  });

  test("what a system does not take leaves the run partial, and the note says how far it got", async () => {
    const office = await home.office({ people: contactsToBe(3) });
    const problem = { code: "rejected", message: "No.", retry: "never", applied: "no" } as const;
    office.world.fail({ kind: "refuse", stream: "contacts", call: "create", problem });
    const request = await home.run(office);
    expect(request).toMatchObject({ status: "partial", code: "rejected" });
    expect(request.note).toMatch(/^2 of 3 changes were applied: 1 failed\.$/);
  });
});

describe("a mapping whose plans are approved", () => {
  test("its plan waits, and nothing is written until somebody approves it", async () => {
    const office = await home.office({ people: contactsToBe(2), policy: "approve" });
    const waiting = await home.run(office);
    expect(waiting).toMatchObject({ status: "waiting", counts: { create: 2 } });
    expect(home.settled.get(waiting.id)?.request.status).toBe("waiting");
    expect([office.writes, waiting.runIds]).toEqual([0, []]);

    const done = await home.approve(waiting);
    expect(done).toMatchObject({ status: "done", planId: waiting.planId });
    expect(contactNames(office)).toEqual(["Person 1", "Person 2"]);
    expect(await home.plan(done)).toMatchObject({ status: "applied", decidedBy: "Hana" });
  });

  test("of a plan that is approved in part, only that part is written", async () => {
    const office = await home.office({ people: contactsToBe(3), policy: "approve" });
    const waiting = await home.run(office);
    const { plan } = await home.plan(waiting);
    const second = plan.changes.find(({ label }) => label === "Person 2");
    const done = await home.approve(waiting, { changes: [second?.id ?? ""] });
    expect(done).toMatchObject({ status: "done", counts: { create: 1 } });
    expect(contactNames(office)).toEqual(["Person 2"]);
    expect(lines((await home.plan(await home.run(office))).plan)).toEqual([
      "create Person 1",
      "create Person 3",
    ]);
  });

  test("with nothing to do, nobody is asked", async () => {
    const office = await home.office({ people: contactsToBe(1), policy: "approve" });
    await home.approve(await home.run(office));
    expect(await home.run(office)).toMatchObject({ status: "done", counts: { inStep: 1 } });
  });

  test("a plan that was approved under another configuration is refused", async () => {
    const office = await home.office({ people: contactsToBe(1), policy: "approve" });
    const waiting = await home.run(office);
    if (office.project) office.project = { ...office.project, digest: "d".repeat(64) };
    expect(await home.approve(waiting)).toMatchObject({ status: "refused", code: "plan-foreign" });
    expect(office.writes).toBe(0);
  });

  test("a newer plan takes the place of the one that waits", async () => {
    const office = await home.office({ people: contactsToBe(1), policy: "approve" });
    const older = await home.run(office);
    for (const one of contactsToBe(1, 2)) office.world.stream("people").put(one);
    const newer = await home.run(office);
    expect(newer).toMatchObject({ status: "waiting", counts: { create: 2 } });
    expect(await home.request(older)).toMatchObject({
      status: "cancelled",
      code: "plan-superseded",
    });
    expect((await home.plan(older)).status).toBe("superseded");
  });

  test("while nothing has changed, the one that waits goes on waiting", async () => {
    const office = await home.office({ people: contactsToBe(1), policy: "approve" });
    const older = await home.run(office);
    const newer = await home.run(office);
    expect(newer).toMatchObject({ status: "done", code: "plan-waits-already" });
    expect(await home.request(older)).toMatchObject({ status: "waiting" });
    expect(await home.approve(older)).toMatchObject({ status: "done" });
  });

  test("once the mapping asks nobody, the newer plan is applied and the older one is gone", async () => {
    const office = await home.office({ people: contactsToBe(1), policy: "approve" });
    const older = await home.run(office);
    if (office.project) office.project = withPolicy(office.project, "automatic");
    expect(await home.run(office)).toMatchObject({ status: "done" });
    expect(await home.request(older)).toMatchObject({ status: "cancelled" });
  });
});

describe("guards", () => {
  /** Ten contacts in step, all of which somebody has renamed. */
  async function renamed() {
    const office = await home.office({ people: contactsToBe(10) });
    await home.run(office);
    for (const one of contactsToBe(10))
      office.world.stream("people").put({ ...one, fields: { ...one.fields, title: "Foreman" } });
    return office;
  }
  const guards = ["people:too-many-updates", "people:one-field-everywhere"];

  test("a plan that a guard stands against waits, whatever the mapping says", async () => {
    const office = await renamed();
    const waiting = await home.run(office);
    expect(waiting).toMatchObject({ status: "waiting", counts: { update: 10 } });
    const done = await home.approve(waiting, { allow: guards });
    expect(done).toMatchObject({ status: "done" });
    expect((await home.run(office)).counts).toMatchObject({ update: 0, inStep: 10 });
  });

  test("whoever lets guards through beforehand is shown what they let through", async () => {
    const office = await renamed();
    const waiting = await home.run(office, { allow: guards });
    expect(waiting).toMatchObject({ status: "waiting" });
    expect(await home.approve(waiting)).toMatchObject({ status: "done" });
  });

  test("what no approval replaces is refused", async () => {
    const office = await home.office({ people: contactsToBe(1) });
    await home.run(office);
    office.world = { ...office.world, account: "company 2" };
    expect(await home.run(office)).toMatchObject({
      status: "refused",
      code: "accounts-bound",
    });
  });
});

describe("requests that cannot be planned", () => {
  test("of a workspace whose files have never been right", async () => {
    const office = await home.office();
    office.project = null;
    const failed = await home.run(office);
    expect(failed).toMatchObject({ status: "failed", code: "workspace-broken" });
    expect(failed.note).toContain("The file is no YAML.");
    expect(home.settled.get(failed.id)?.request.status).toBe("failed");
  });

  test("of a workspace, or a mapping, that is not there", async () => {
    const office = await home.office();
    expect(await home.run({ ...office, name: "gone" })).toMatchObject({
      status: "failed",
      code: "workspace-unknown",
    });
    expect(await home.run(office, { mapping: "projects" })).toMatchObject({
      status: "failed",
      code: "mapping-unknown",
    });
  });

  test("a fault of ours ends the run; its text is for the log alone", async () => {
    const office = await home.office({ people: contactsToBe(1) });
    office.beforeRead = async () => {
      throw new Error("Ilse Brandvold cannot be parsed");
    };
    const failed = await home.run(office);
    expect(failed).toMatchObject({ status: "failed", code: "run-failed" });
    expect(failed.note).toContain(failed.id);
    expect(failed.note).not.toContain("Ilse");
    expect(home.troubles.join()).toContain("Ilse Brandvold cannot be parsed");
  });
});
