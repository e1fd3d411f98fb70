import { expect, test } from "vitest";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { crewTeams, peopleWorkers, withTeams } from "../support/timeclock-project.ts";
import { changeOf, heldOf, passedOverOf, startTimeclock, steps } from "../support/timeclock-run.ts";

/* References that go through another mapping: the way back, over several mappings, and to records that are going or gone. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const bo = worker("w2", { name: "Bo Ek", number: "2" });
const annsPerson = onePerson("p1", { name: "Ann Lee", number: "1" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });
const friday = shift("s2", { worker: "w1", date: "2026-02-27" });

test("a reference leads back through a mapping whose rule comes from the other side", async () => {
  const site = await startTimeclock({
    workerMapping: peopleWorkers,
    workers: [ann],
    people: [annsPerson],
    shifts: [monday],
  });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["link workers p1", "create cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    after: [changeOf(plan, "workers", "p1").id],
  });
  await site.apply(plan);
  expect(site.records("cards")).toMatchObject([{ person: "p1" }]);
  site.world.stream("shifts").put(friday);
  const next = await site.plan();
  expect(changeOf(next, "cards", "s2")).toMatchObject({ after: [] });
  expect(next.held).toEqual([]);
});

test("the way back: a held record at the other end that happens to have the same id says nothing", async () => {
  // A person has the id of a worker, and is held; the worker of that id is linked and well.
  const site = await startTimeclock({
    workerMapping: peopleWorkers,
    workers: [ann],
    people: [onePerson("p1", { name: "Ann Lee", number: "1" }), onePerson("w1", { name: "Zoe" })],
    shifts: [monday],
  });
  await site.sync({ mappings: ["worker-people"] });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["keyless w1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    fields: expect.arrayContaining([
      { field: "person", after: "p1", why: "new", label: "Ann Lee" },
    ]),
  });
});

test("the way back: a worker who is gone leaves the person there, and the shifts still lead to them", async () => {
  const site = await startTimeclock({
    workerMapping: peopleWorkers,
    workers: [ann],
    people: [annsPerson],
    shifts: [monday],
  });
  await site.sync({ mappings: ["worker-people"] });
  site.world.stream("workers").remove("w1");
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["lost p1"]);
  expect(steps(plan)).toEqual(["create cards s1"]);
});

test("the way back: a link that is in question is no answer", async () => {
  const site = await startTimeclock({
    workerMapping: peopleWorkers,
    replace: [
      [
        "agree: [name]\n    fields:\n      name: name",
        "prefer: { active: true }\n    fields:\n      name: name",
      ],
    ],
    workers: [ann],
    people: [annsPerson],
    shifts: [monday],
  });
  await site.sync({ mappings: ["worker-people"] });
  site.edit("workers", "w1", { active: false });
  for (const id of ["w2", "w3"])
    site.world.stream("workers").put(worker(id, { name: "Ann Lee", number: "1" }));
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["ambiguous p1", "reference-missing s1"]);
  expect(plan.held[1]?.reason).toContain("2 workers have the same number");
});

test("a chain over three mappings: team, person, card, each after what it waits for", async () => {
  const site = await startTimeclock({
    more: [crewTeams],
    replace: [withTeams],
    crews: [{ id: "k1", fields: { name: "Steel" } }],
    workers: [worker("w1", { name: "Ann Lee", number: "1", crew: "k1" })],
    shifts: [monday],
  });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["create teams k1", "create people w1", "create cards s1"]);
  expect(changeOf(plan, "people", "w1").after).toEqual([changeOf(plan, "teams", "k1").id]);
  await site.apply(plan);
  const [team] = site.world.stream("teams").records();
  const [person] = site.world.stream("people").records();
  expect(person?.fields["team"]).toBe(team?.id);
  expect(site.records("cards")).toMatchObject([{ person: person?.id }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a chain of needs breaks where its last link is held: neither person nor team", async () => {
  const site = await startTimeclock({
    more: [crewTeams],
    replace: [withTeams],
    crews: [{ id: "k1", fields: { name: "Steel" } }],
    workers: [worker("w1", { name: "Ann Lee", number: "1", crew: "k1" })],
    shifts: [shift("s1", { worker: "w1", date: "2026-03-02", project: null })],
  });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["value-missing s1"]);
  expect(passedOverOf(plan)).toEqual(["not-referenced k1", "not-referenced w1"]);
});

test("a link that the same plan takes away is no answer", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    replace: [
      ["direction: workers -> people", "direction: workers -> people\n    when: active"],
      ["on: { found: link, lost: create }", "on: { found: link, lost: create, left: unlink }"],
    ],
  });
  await site.sync();
  site.edit("workers", "w1", { active: false });
  site.world.stream("shifts").put(monday);
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["unlink people w1"]);
  expect(heldOf(plan)).toEqual(["reference-missing s1"]);
  expect(plan.held[0]?.reason).toContain(
    "The same plan takes their link away: The worker no longer belongs to this rule",
  );
});

test("a person whom the same plan deletes is no answer", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    replace: [
      ["direction: workers -> people", "direction: workers -> people\n    when: active"],
      ["on: { found: link, lost: create }", "on: { found: link, lost: create, left: delete }"],
    ],
  });
  await site.sync();
  site.edit("workers", "w1", { active: false });
  site.world.stream("shifts").put(monday);
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["delete people w1"]);
  expect(heldOf(plan)).toEqual(["reference-missing s1"]);
});

test("a linked person who is gone is no answer; with `lost: hold` the card waits with them", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    replace: [["lost: create", "lost: hold"]],
  });
  await site.sync();
  site.world.stream("people").remove("p1");
  site.world.stream("shifts").put(monday);
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["lost w1", "reference-missing s1"]);
  expect(plan.held[1]?.reason).toContain("The linked person (p1) is no longer there.");
});

test("a linked person who is gone is made again for the card that needs them, and for nobody else", async () => {
  const site = await startTimeclock({
    workers: [ann, bo],
    people: [annsPerson, onePerson("p2", { name: "Bo Ek", number: "2" })],
  });
  await site.sync();
  site.world.stream("people").remove("p1");
  site.world.stream("people").remove("p2");
  site.world.stream("shifts").put(monday);
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["create people w1", "create cards s1"]);
  expect(passedOverOf(plan)).toEqual(["not-referenced w2"]);
  const [person] = site.world.stream("people").records();
  expect(site.records("cards")).toMatchObject([{ person: person?.id }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a person who was made a moment ago and does not show yet is no person who is gone", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [monday],
    lagMs: 60_000,
    withoutGet: ["people"],
  });
  await site.sync();
  site.world.stream("shifts").put(friday);
  site.clock.advance(1_000);
  const plan = await site.plan();
  expect(plan.held).toEqual([]);
  expect(steps(plan)).toEqual(["create cards s2"]);
  expect(changeOf(plan, "cards", "s2")).toMatchObject({ after: [] });
});
