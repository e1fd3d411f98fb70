import { expect, test } from "vitest";
import { card, onePerson, shift, worker } from "../support/timeclock.ts";
import {
  changeOf,
  heldOf,
  passedOverOf,
  startTimeclock,
  steps,
  timeclockOver,
} from "../support/timeclock-run.ts";

/* References that go through another mapping: what a plan says of them. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const bo = worker("w2", { name: "Bo Ek", number: "2" });
const annsPerson = onePerson("p1", { name: "Ann Lee", number: "1" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });
const friday = shift("s2", { worker: "w1", date: "2026-02-27" });

test("a worker who is linked: the card names the person, and waits for nothing", async () => {
  const site = await startTimeclock({ workers: [ann], people: [annsPerson], shifts: [monday] });
  await site.sync({ mappings: ["worker-people"] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    after: [],
    fields: expect.arrayContaining([
      { field: "person", after: "p1", why: "new", label: "Ann Lee" },
    ]),
  });
  await site.sync();
  expect(site.records("cards")).toMatchObject([{ person: "p1", mark: "s1" }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a worker whom this plan creates: the card has no person yet, names the change that makes it, and stands after it", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
  const { id } = changeOf(plan, "people", "w1");
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    after: [id],
    fields: expect.arrayContaining([
      { field: "person", after: null, why: "new", label: "Ann Lee", awaits: id },
    ]),
  });
});

test("a worker whom this plan links: the card knows the person, and waits for the link all the same", async () => {
  const site = await startTimeclock({ workers: [ann], people: [annsPerson], shifts: [monday] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["link people w1", "create cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    after: [changeOf(plan, "people", "w1").id],
    fields: expect.arrayContaining([
      { field: "person", after: "p1", why: "new", label: "Ann Lee" },
    ]),
  });
});

test("two shifts of one worker make one person, and both cards wait for it", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday, friday] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create people w1", "create cards s2", "create cards s1"]);
  await site.apply(plan);
  expect(site.records("people")).toHaveLength(1);
  const [person] = site.world.stream("people").records();
  expect(site.records("cards").map((one) => one["person"])).toEqual([person?.id, person?.id]);
});

test("reference-missing: the card is held, and says what is the matter with the worker", async () => {
  const namesake = onePerson("p1", { name: "Ann Other", number: "1" });
  const site = await startTimeclock({ workers: [ann], people: [namesake], shifts: [monday] });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["disagrees w1", "reference-missing s1"]);
  expect(plan.held[1]?.reason).toBe(
    "person refers to worker w1 (Ann Lee), which has no counterpart by the mapping worker-people yet: The person with the same key differs in name.",
  );
  expect(plan.held[1]?.at).toMatchObject({ file: "mapping-0.yaml" });
});

test("reference-missing: a worker without a number, one whose number is shared, and one who is not there", async () => {
  const site = await startTimeclock({
    workers: [worker("w1", { name: "Ann Lee" }), bo, worker("w3", { name: "Bo Eck", number: "2" })],
    shifts: [
      monday,
      shift("s2", { worker: "w2", date: "2026-03-02" }),
      shift("s3", { worker: "w9", date: "2026-03-02" }),
    ],
  });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual([
    "keyless w1",
    "ambiguous w2",
    "ambiguous w3",
    "reference-missing s1",
    "reference-missing s2",
    "reference-missing s3",
  ]);
  const [nobody, shared, unknown] = plan.held.slice(3).map(({ reason }) => reason);
  expect(nobody).toContain("worker w1 (Ann Lee)");
  expect(nobody).toContain("None of the match keys has a value: number.");
  expect(shared).toContain("2 workers without a link have the same number");
  expect(unknown).toContain(
    "worker w9, which has no counterpart by the mapping worker-people yet: No rule of worker-people takes it, or its link could not be told.",
  );
  expect(plan.changes).toEqual([]);
});

test("a mapping that is not planned: its links are used, and who has none is held until the two are planned together", async () => {
  const site = await startTimeclock({
    workers: [ann, bo],
    people: [annsPerson],
    shifts: [monday, shift("s2", { worker: "w2", date: "2026-03-02" })],
  });
  await site.sync({ mappings: ["worker-people"] });
  const plan = await site.plan({ mappings: ["cards"] });
  expect(steps(plan)).toEqual(["create cards s1"]);
  expect(heldOf(plan)).toEqual(["reference-missing s2"]);
  expect(plan.held[0]?.reason).toContain(
    "The mapping worker-people is not a part of this plan; plan it together with this one.",
  );
  await site.sync({ mappings: ["cards"] });
  await site.sync();
  expect(site.records("people").map((one) => one["name"])).toEqual(["Ann Lee", "Bo Ek"]);
  expect(site.records("cards").map((one) => one["mark"])).toEqual(["s1", "s2"]);
  expect((await site.plan()).changes).toEqual([]);
});

test("an update that needs a new person stands after the person's create", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday] });
  await site.sync();
  site.edit("shifts", "s1", { worker: "w2" });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create people w2", "update cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    fields: [{ field: "person", after: null, why: "source-changed", label: "Bo Ek" }],
  });
  await site.apply(plan);
  const bosPerson = site.world.stream("people").records()[1]?.id;
  expect(site.records("cards")).toMatchObject([{ person: bosPerson }]);
  expect((await site.linkOf("cards", "s1"))?.baseline["person"]).toBe(bosPerson);
  expect((await site.plan()).changes).toEqual([]);
});

test("not-referenced: a worker without a shift gets no person, and the plan says so", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
  expect(passedOverOf(plan)).toEqual(["not-referenced w2"]);
});

test("not-referenced: a shift that is out of scope, or out of the window, needs nobody", async () => {
  const site = await startTimeclock({
    workers: [ann, bo],
    shifts: [
      shift("s1", { worker: "w1", date: "2026-03-02", state: "deleted" }),
      shift("s2", { worker: "w2", date: "2026-01-02" }),
    ],
  });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(passedOverOf(plan)).toEqual(["not-referenced w1", "not-referenced w2", "out-of-scope s1"]);
});

test("a worker whose only shift is held for something else gets no person, and the shift says what is the matter with it", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [shift("s1", { worker: "w1", date: "2026-03-02", project: null })],
  });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["value-missing s1"]);
  expect(plan.held[0]?.reason).toBe("project would be empty, and the card needs it.");
  expect(passedOverOf(plan)).toEqual(["not-referenced w1"]);
});

test("a card that waits for a person to look at it needs nobody either, and still says why", async () => {
  const site = await startTimeclock({
    workers: [ann, bo],
    shifts: [monday],
    replace: [["hours: hours", "hours: { from: hours, drift: hold }"]],
  });
  await site.sync();
  const id = site.world.stream("cards").records()[0]?.id ?? "";
  site.edit("cards", id, { hours: 3 });
  site.edit("shifts", "s1", { worker: "w2" });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["drift-held s1"]);
  expect(passedOverOf(plan)).toEqual(["not-referenced w2"]);
});

test("a held shift takes nothing from another one that needs the same person", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday, shift("s2", { worker: "w1", date: "2026-03-02", project: null })],
  });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
  expect(heldOf(plan)).toEqual(["value-missing s2"]);
});

test("a linking run ties cards although nobody is linked to the worker, and is not in the way of the next run", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday],
    cards: [card("c1", { project: "north", date: "2026-03-02", mark: "s1" })],
  });
  const linking = await site.plan({ purpose: "link" });
  expect(steps(linking)).toEqual(["link cards s1"]);
  expect(linking.held).toEqual([]);
  await site.apply(linking);
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["create people w1", "update cards s1"]);
  expect(site.records("cards")).toMatchObject([
    { person: site.world.stream("people").records()[0]?.id },
  ]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a worker who has left keeps the link, and the cards keep the person", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday],
    replace: [["direction: workers -> people", "direction: workers -> people\n    when: active"]],
  });
  await site.sync();
  site.edit("workers", "w1", { active: false });
  site.world.stream("shifts").put(friday);
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["create cards s2"]);
  expect((await site.plan()).changes).toEqual([]);
});

test("an empty reference is an empty field: held where the target needs it, and a default takes its place", async () => {
  const unknown = shift("s1", { worker: null, date: "2026-03-02" });
  const site = await startTimeclock({ workers: [ann], shifts: [unknown] });
  expect(heldOf(await site.plan())).toEqual(["value-missing s1"]);
  const defaulted = await startTimeclock({
    workers: [ann],
    shifts: [unknown],
    replace: [
      [
        "{ from: worker, through: worker-people }",
        "{ from: worker, default: w1, through: worker-people }",
      ],
    ],
  });
  const plan = await defaulted.plan();
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
});

test("`agree` on a reference looks at the counterpart: another person's card is not taken", async () => {
  const replace = [["- { mark: id }", "- { mark: id }\n    agree: [person]"]] as const;
  const people = [annsPerson, onePerson("p2", { name: "Bo Ek", number: "2" })];
  const own = card("c1", { person: "p1", date: "2026-03-02", mark: "s1" });
  const site = await startTimeclock({
    workers: [ann, bo],
    people,
    shifts: [monday],
    cards: [own],
    replace,
  });
  expect(steps(await site.plan())).toEqual(["link people w1", "link people w2", "link cards s1"]);
  site.edit("cards", "c1", { person: "p2" });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["disagrees s1"]);
  expect(plan.held[0]?.candidates[0]?.differences).toEqual([
    { field: "person", source: "p1", target: "p2" },
  ]);
});

test("where the cards are planned by themselves nobody is read, and what the state knows is taken as it is", async () => {
  const site = await startTimeclock({ workers: [ann], people: [annsPerson], shifts: [monday] });
  await site.sync({ mappings: ["worker-people"] });
  const plan = await site.plan({ mappings: ["cards"] });
  expect(plan.readings.map(({ stream }) => stream)).toEqual(["shifts", "cards"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    fields: expect.arrayContaining([{ field: "person", after: "p1", why: "new" }]),
  });
});

test("the same plan, whichever file comes first: what is gone through is decided first", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan({ mappings: ["cards", "worker-people"] });
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
  expect((await site.plan({ mappings: ["worker-people", "cards"] })).digest).toBe(plan.digest);
});

test("after an edit of `through` the plan says that the mapping was changed", async () => {
  const site = await startTimeclock({
    workers: [ann, bo],
    shifts: [monday],
    replace: [["{ from: worker, through: worker-people }", "{ from: \"'p9'\" }"]],
    people: [onePerson("p9", { name: "Somebody", number: "9" })],
  });
  await site.sync();
  const { world, clock, store } = site;
  const after = await timeclockOver(world, { clock, store });
  const plan = await after.plan();
  expect(steps(plan)).toEqual(["create people w1", "update cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    fields: [{ field: "person", before: "p9", after: null }],
  });
  await after.apply(plan);
  expect((await after.plan()).changes).toEqual([]);
});
