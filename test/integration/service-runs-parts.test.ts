import { expect, test } from "vitest";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { Change, Plan } from "../../engine/plan/plan.ts";
import type { Value } from "../../engine/value/value.ts";
import { attemptName, silentEndsMax, silentEndsOf } from "../../server/runs/attempt-name.ts";
import { planCounts } from "../../server/runs/plan-counts.ts";
import { sameChanges } from "../../server/runs/same-changes.ts";
import { throughClosure } from "../../server/runs/through-closure.ts";
import { verdictOn } from "../../server/runs/verdict.ts";
import { aCreate, anUpdate, aPlan, drifted, fullPlan } from "../support/plans.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { timeclockProject } from "../support/timeclock-project.ts";
import { startTimeclock } from "../support/timeclock-run.ts";

/* The decisions of a run that need no system: which mappings belong to it, what was accepted before, who is asked. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });
const friday = shift("s2", { worker: "w1", date: "2026-02-27" });

const ids = (plan: Plan) => plan.changes.map(({ id }) => id);

test("a mapping is run with those that its references go through, and no others", async () => {
  const { mappings } = await timeclockProject({});
  expect(throughClosure(mappings, "cards")).toEqual(["cards", "worker-people"]);
  expect(throughClosure(mappings, "worker-people")).toEqual(["worker-people"]);
});

test("what is left of an accepted plan is the same, also where a new record has its id by now", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday, friday] });
  const accepted = await site.plan();
  const problem = { code: "rejected", message: "No.", retry: "later", applied: "no" } as const;
  site.world.fail({ kind: "refuse", stream: "cards", call: "createMany", problem });
  await site.apply(accepted);
  const rest = await site.plan();
  expect(rest.changes.map(({ kind }) => kind)).toEqual(["create", "create"]);
  expect(sameChanges(rest, accepted)).toEqual(ids(rest));
});

test("what is new, or differs from what was accepted, is not the same, nor what waits for it", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const accepted = await site.plan();
  site.edit("shifts", "s1", { hours: 3 });
  const [create] = ids(accepted);
  expect(sameChanges(await site.plan(), accepted)).toEqual([create]);
  site.edit("workers", "w1", { name: "Ann Leigh" });
  expect(sameChanges(await site.plan(), accepted)).toEqual([]);
  const update = (before: string) =>
    aPlan({ changes: [anUpdate("1", "Ilse", [{ ...drifted, before }])] });
  expect(sameChanges(update("a"), update("a"))).toHaveLength(1);
  expect(sameChanges(update("b"), update("a"))).toEqual([]);
});

test("the link of a create whose answer was lost belongs to what was accepted", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const accepted = await site.plan();
  site.world.fail({ kind: "lose-answer", stream: "people", call: "create" });
  await site.apply(accepted);
  const rest = await site.plan();
  expect(rest.changes.map(({ kind }) => kind)).toEqual(["link", "create"]);
  expect(sameChanges(rest, accepted)).toEqual(ids(rest));

  const other = await startTimeclock({
    workers: [ann, worker("w2", { name: "Bo Ek", number: "2" })],
    people: [onePerson("p2", { name: "Bo Ek", number: "2" })],
    shifts: [monday, shift("s3", { worker: "w2", date: "2026-03-02" })],
  });
  const more = await other.plan();
  const same = sameChanges(more, accepted);
  expect(more.changes.filter(({ id }) => same.includes(id)).map(({ source }) => source.id)).toEqual(
    ["w1", "s1"],
  );
});

test("values that a create was to have written are accepted, others are not", () => {
  const create: Change = { ...aCreate("1", "Ilse"), agreed: { pager: null } } as Change;
  const accepted = aPlan({ changes: [create] });
  const [first] = "fields" in create ? create.fields : [];
  if (!first) throw new Error("the create writes nothing");
  const update = (after: Value, name = first.field) => {
    const { mapping, rule, source } = create;
    const field = { field: name, after, why: "first-agreement" } as const;
    return aPlan({ changes: [{ ...anUpdate("1", "Ilse", [field]), mapping, rule, source }] });
  };
  expect(sameChanges(update(first.after), accepted)).toHaveLength(1);
  expect(sameChanges(update("another"), accepted)).toEqual([]);
  expect(sameChanges(update(null, "pager"), accepted)).toHaveLength(1);
  expect(sameChanges(update(null, "badge"), accepted)).toEqual([]);
});

test("a plan waits where one of the mappings that it changes wants it to", async () => {
  const { mappings } = await timeclockProject({});
  const asking = (name: string): readonly Mapping[] =>
    mappings.map((one) => (one.name === name ? { ...one, policy: "approve" } : one));
  const change: Change = { ...aCreate("1", "Ilse"), mapping: "cards" };
  const plan = aPlan({ changes: [change], guards: [] });
  const request = { allow: [] };
  expect(verdictOn(plan, request, mappings)).toEqual({ kind: "apply" });
  expect(verdictOn(plan, request, asking("cards"))).toEqual({ kind: "wait" });
  expect(verdictOn(plan, request, asking("worker-people"))).toEqual({ kind: "apply" });
  expect(verdictOn({ ...plan, changes: [] }, request, asking("cards"))).toEqual({ kind: "apply" });
  expect(verdictOn(plan, { allow: ["cards:stream-shrunk"] }, mappings)).toEqual({ kind: "wait" });
});

test("counts are those of the plan; in step are the records of the mapping that was asked for", () => {
  const plan = fullPlan();
  const counts = planCounts(plan, "people");
  const { create, update, link, retire, unlink } = counts;
  expect(create + update + link + retire + unlink + counts.delete).toBe(plan.changes.length);
  expect(counts.held).toBe(plan.held.length);
  expect(counts.inStep).toBeGreaterThan(0);
  expect(planCounts(plan, "other").inStep).toBe(0);
});

test("attempts that end without a word are counted, those that wrote something less", () => {
  const worker_ = (silentEnds: number) => attemptName("process", "7", silentEnds);
  const at = new Date(0);
  const wrote = { phase: "writing", done: 3, of: 9, what: "changes", at } as const;
  expect(silentEndsOf({ status: "queued", worker: worker_(8) })).toBe(0);
  expect(silentEndsOf({ status: "planning", worker: worker_(0) })).toBe(4);
  expect(silentEndsOf({ status: "applying", worker: worker_(4), progress: wrote })).toBe(5);
  // Given back, but another request of the mapping is queued.
  expect(silentEndsOf({ status: "planning" })).toBe(0);
  expect(silentEndsMax / 4).toBe(5);
});
