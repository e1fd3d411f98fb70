import { expect, test } from "vitest";
import { wavesOf } from "../../engine/apply/waves.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { crewTeams, withTeams } from "../support/timeclock-project.ts";
import {
  changeOf,
  heldOf,
  outcomesOf,
  startTimeclock,
  steps,
  type TimeclockRun,
} from "../support/timeclock-run.ts";

/* References that go through another mapping: what becomes of them when a plan is applied. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const bo = worker("w2", { name: "Bo Ek", number: "2" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });
const friday = shift("s2", { worker: "w1", date: "2026-02-27" });
const bosMonday = shift("s3", { worker: "w2", date: "2026-03-02" });

const down = { code: "unreachable", message: "Down.", retry: "later", applied: "no" } as const;
const refused = { code: "rejected", message: "No.", retry: "never", applied: "no" } as const;

/** Names of people by their id. */
function whose(site: TimeclockRun): readonly (readonly [unknown, unknown])[] {
  const people = new Map(
    site.world
      .stream("people")
      .records()
      .map(({ id, fields }) => [id, fields["name"]]),
  );
  return site.records("cards").map(({ mark, person }) => [mark, people.get(String(person))]);
}

async function expectSettled(site: TimeclockRun): Promise<void> {
  site.clock.advance(3_600_000);
  const plan = await site.plan();
  expect([plan.changes, plan.held, plan.refreshes]).toEqual([[], [], []]);
}

test("K-001: the card has the id of the person who was made before it, and so have its link and the log of the run", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  const result = await site.apply(plan);
  expect(result.status).toBe("applied");
  const [person] = site.world.stream("people").records();
  expect(site.records("cards")).toMatchObject([{ person: person?.id, mark: "s1", hours: 8 }]);
  expect((await site.linkOf("cards", "s1"))?.baseline).toEqual({
    person: person?.id,
    project: "north",
    date: "2026-03-02",
    hours: 8,
    mark: "s1",
  });
  const entries = await site.store.entries(result.runId, { from: 0, limit: 10 });
  expect(entries.map(({ action, source }) => `${action} ${source.id}`)).toEqual([
    "create w1",
    "create s1",
  ]);
  expect(entries[1]?.fields[0]).toEqual({
    field: "person",
    after: person?.id,
    why: "new",
    label: "Ann Lee",
  });
  await expectSettled(site);
});

test("K-004: later shifts of the worker go to the same person", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [friday] });
  await site.sync();
  site.world.stream("shifts").put(monday);
  expect(steps(await site.sync())).toEqual(["create cards s1"]);
  expect(site.records("people")).toHaveLength(1);
  expect(whose(site)).toEqual([
    ["s2", "Ann Lee"],
    ["s1", "Ann Lee"],
  ]);
  await expectSettled(site);
});

test("waits-for: a person who could not be made keeps the cards back; the next run makes all of them once", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday, friday, bosMonday] });
  site.world.fail({ stream: "people", call: "create", kind: "refuse", problem: down });
  const plan = await site.plan();
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "w1 failed unreachable",
    "w2 applied",
    "s2 skipped waits-for",
    "s1 skipped waits-for",
    "s3 applied",
  ]);
  const next = await site.plan();
  expect(steps(next)).toEqual(["create people w1", "create cards s2", "create cards s1"]);
  await site.apply(next);
  expect(site.records("people")).toHaveLength(2);
  expect(whose(site)).toEqual([
    ["s3", "Bo Ek"],
    ["s2", "Ann Lee"],
    ["s1", "Ann Lee"],
  ]);
  await expectSettled(site);
});

test("waits-for: the log says which change was in the way", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  site.world.fail({ stream: "people", call: "create", kind: "refuse", problem: refused });
  const result = await site.apply(await site.plan());
  const entries = await site.store.entries(result.runId, { from: 0, limit: 10 });
  expect(entries[1]).toMatchObject({
    status: "skipped",
    code: "waits-for",
    reason: "A change that must come first was not applied: No.",
    fields: [{ field: "person", after: null }, {}, {}, {}, {}],
  });
});

test("in-doubt: a person whose answer was lost keeps the cards back until it is found", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  site.world.fail({ stream: "people", call: "create", kind: "lose-answer" });
  const plan = await site.plan();
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "w1 in-doubt answer-lost",
    "s1 skipped waits-for",
  ]);
  site.clock.advance(60_000);
  const next = await site.plan();
  expect(steps(next)).toEqual(["link people w1", "create cards s1"]);
  await site.apply(next);
  expect(site.records("people")).toHaveLength(1);
  expect(whose(site)).toEqual([["s1", "Ann Lee"]]);
  await expectSettled(site);
});

test("in-doubt: while nobody can tell whether the person exists, the cards are held and no second person is made", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday],
    lagMs: 600_000,
    withoutGet: ["people"],
  });
  site.world.fail({ stream: "people", call: "create", kind: "lose-answer" });
  await site.sync();
  site.clock.advance(1_000);
  const early = await site.sync();
  expect(early.changes).toEqual([]);
  expect(heldOf(early)).toEqual(["in-doubt w1", "reference-missing s1"]);
  expect(early.held[1]?.reason).toContain("The answer to creating this person was lost");
  site.clock.advance(600_000);
  await site.sync();
  expect(site.records("people")).toHaveLength(1);
  expect(whose(site)).toEqual([["s1", "Ann Lee"]]);
  await expectSettled(site);
});

test("a person whose request was lost is made by the next run, once, and the cards with them", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  site.world.fail({ stream: "people", call: "create", kind: "lose-request" });
  await site.sync();
  expect([site.records("people"), site.records("cards")]).toEqual([[], []]);
  site.clock.advance(60_000);
  expect(steps(await site.sync())).toEqual(["create people w1", "create cards s1"]);
  expect(site.records("people")).toHaveLength(1);
  await expectSettled(site);
});

test("in-doubt: a card whose answer was lost is asked for with the id that was sent", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  site.world.fail({ stream: "cards", call: "create", kind: "lose-answer" });
  await site.sync();
  const [intent] = (await site.store.load("cards")).intents;
  const [person] = site.world.stream("people").records();
  expect(intent?.fields["person"]).toBe(person?.id);
  site.clock.advance(60_000);
  expect(steps(await site.sync())).toEqual(["link cards s1"]);
  expect(site.records("cards")).toHaveLength(1);
  await expectSettled(site);
});

test("a link that is stale by now keeps the card back", async () => {
  const person = onePerson("p1", { name: "Ann Lee", number: "1" });
  const site = await startTimeclock({ workers: [ann], people: [person], shifts: [monday] });
  const plan = await site.plan();
  site.edit("people", "p1", { number: "77" });
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "w1 stale stale",
    "s1 skipped waits-for",
  ]);
  expect(site.records("cards")).toEqual([]);
  // The record was somebody else all along.
  expect(steps(await site.sync())).toEqual(["create people w1", "create cards s1"]);
  await expectSettled(site);
});

test("a person who has appeared since the plan was made keeps the card back, and is linked by the next run", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  site.world.stream("people").put(onePerson("p1", { name: "Ann Lee", number: "1" }));
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "w1 stale candidate-appeared",
    "s1 skipped waits-for",
  ]);
  expect(steps(await site.sync())).toEqual(["link people w1", "create cards s1"]);
  expect(site.records("people")).toHaveLength(1);
  await expectSettled(site);
});

test("cards wait for their own people only", async () => {
  const person = onePerson("p2", { name: "Bo Ek", number: "2" });
  const site = await startTimeclock({
    workers: [ann, bo],
    people: [person],
    shifts: [monday, bosMonday],
  });
  const plan = await site.plan();
  expect(steps(plan)).toEqual([
    "link people w2",
    "create people w1",
    "create cards s1",
    "create cards s3",
  ]);
  site.edit("people", "p2", { number: "77" });
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "w2 stale stale",
    "w1 applied",
    "s1 applied",
    "s3 skipped waits-for",
  ]);
});

function waves(plan: Plan): readonly (readonly string[])[] {
  const callSize = (change: Plan["changes"][number]) =>
    change.target.stream === "cards" ? { max: 3, alike: "project" } : { max: 10 };
  return wavesOf(plan.changes, callSize).map((wave) =>
    wave.map(({ verb, changes }) => `${verb} ${changes.map(({ source }) => source.id).join("+")}`),
  );
}

test("what waits stands in a later wave than what it waits for, and no later than it must", async () => {
  const site = await startTimeclock({
    more: [crewTeams],
    replace: [withTeams],
    crews: [{ id: "k1", fields: { name: "Steel" } }],
    workers: [worker("w1", { name: "Ann Lee", number: "1", crew: "k1" }), bo],
    people: [],
    shifts: [monday, friday, bosMonday],
  });
  expect(waves(await site.plan())).toEqual([
    ["create k1", "create w2"],
    ["create w1", "create s3"],
    ["create s2+s1"],
  ]);
});

test("an update that waits for a create stands in a later wave, whatever the order of kinds", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday] });
  await site.sync();
  site.edit("shifts", "s1", { worker: "w2" });
  expect(waves(await site.plan())).toEqual([["create w2"], ["update s1"]]);
});

test("creates of one call must be alike: an id that is not known yet is like no other", () => {
  const waiting = (id: string, awaits: string): Plan["changes"][number] => ({
    kind: "create",
    id,
    mapping: "cards",
    rule: "cards",
    situation: "absent",
    reason: "New.",
    source: { connection: "site", stream: "shifts", id },
    label: id,
    after: [],
    target: { connection: "site", stream: "cards" },
    fields: [{ field: "project", after: null, why: "new", awaits }],
    precondition: { keys: [] },
    agreed: {},
  });
  const changes = [waiting("a", "one"), waiting("b", "other"), waiting("c", "one")];
  const found = wavesOf(changes, () => ({ max: 3, alike: "project" }));
  expect(found.map((wave) => wave.map((batch) => batch.changes.map(({ id }) => id)))).toEqual([
    [["a", "c"], ["b"]],
  ]);
});

test("`--only` with a card keeps everything that it waits for, over three mappings", async () => {
  const site = await startTimeclock({
    more: [crewTeams],
    replace: [withTeams],
    crews: [{ id: "k1", fields: { name: "Steel" } }],
    workers: [worker("w1", { name: "Ann Lee", number: "1", crew: "k1" }), bo],
    shifts: [monday, friday, bosMonday],
  });
  const plan = await site.plan({ only: ["record=site/shifts/s1"] });
  expect(steps(plan)).toEqual(["create teams k1", "create people w1", "create cards s1"]);
  expect(plan.selection).toMatchObject({ leftOut: 3 });
  await site.apply(plan);
  expect(steps(await site.sync())).toEqual([
    "create people w2",
    "create cards s2",
    "create cards s3",
  ]);
  await expectSettled(site);
});

test("`--only` with a worker whom nobody waits for then keeps nothing", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  expect((await site.plan({ only: ["site/workers/w1"] })).changes).toEqual([]);
  expect((await site.plan({ only: ["mapping=worker-people"] })).changes).toEqual([]);
});

test("`--exclude` with the only card that needs a person leaves the person out as well, and the team", async () => {
  const site = await startTimeclock({
    more: [crewTeams],
    replace: [withTeams],
    crews: [{ id: "k1", fields: { name: "Steel" } }],
    workers: [worker("w1", { name: "Ann Lee", number: "1", crew: "k1" }), bo],
    shifts: [monday, friday, bosMonday],
  });
  const one = await site.plan({ exclude: ["site/shifts/s1"] });
  expect(steps(one)).toEqual([
    "create teams k1",
    "create people w1",
    "create people w2",
    "create cards s2",
    "create cards s3",
  ]);
  const both = await site.plan({ exclude: ["site/shifts/s1", "site/shifts/s2"] });
  expect(steps(both)).toEqual(["create people w2", "create cards s3"]);
  expect(both.selection).toMatchObject({ leftOut: 4 });
});

test("`--exclude` with a person's create leaves out the cards that wait for it", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday, friday, bosMonday] });
  const plan = await site.plan({ exclude: ["record=site/workers/w1"] });
  expect(steps(plan)).toEqual(["create people w2", "create cards s3"]);
  const linked = await startTimeclock({
    workers: [ann],
    people: [onePerson("p1", { name: "Ann Lee", number: "1" })],
    shifts: [monday],
  });
  expect((await linked.plan({ exclude: ["kind=link"] })).changes).toEqual([]);
});

test("a plan that went through a file is the same: what is awaited is in it", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  const read = JSON.parse(JSON.stringify(plan)) as Plan;
  expect((await site.apply(read)).status).toBe("applied");
  expect(whose(site)).toEqual([["s1", "Ann Lee"]]);
});

test("a link that would be told twice is told once: an update after the card was linked waits for both", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday],
    cards: [
      {
        id: "c1",
        fields: { person: null, project: "north", date: "2026-03-02", hours: 8, mark: "s1" },
      },
    ],
  });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["link cards s1", "create people w1", "update cards s1"]);
  const [link, update] = plan.changes.filter(({ source }) => source.id === "s1");
  expect(update?.after).toEqual([link?.id, changeOf(plan, "people", "w1").id]);
  await site.apply(plan);
  expect(whose(site)).toEqual([["s1", "Ann Lee"]]);
  await expectSettled(site);
});

test("a run that was stopped after the people were made is finished by the next, with the same people", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday, friday] });
  const plan = await site.plan();
  site.world.fail({ stream: "cards", call: "createMany", kind: "refuse", problem: down });
  await site.apply(plan);
  expect(site.records("people")).toHaveLength(1);
  expect(site.records("cards")).toEqual([]);
  expect(steps(await site.sync())).toEqual(["create cards s2", "create cards s1"]);
  expect(site.records("people")).toHaveLength(1);
  await expectSettled(site);
});
