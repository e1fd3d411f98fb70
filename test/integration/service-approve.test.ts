import { expect, test } from "vitest";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import { type Approval, approvedPlan } from "../../engine/plan/approve.ts";
import { type Plan, planStatus } from "../../engine/plan/plan.ts";
import { changeLines, openCompany } from "../support/company.ts";
import { contact, person } from "../support/office.ts";
import { type OfficeRun, startOffice, summary } from "../support/office-run.ts";
import { aPlan } from "../support/plans.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { changeOf, startTimeclock, steps } from "../support/timeclock-run.ts";

/* Approving a plan, whole or in part, and applying exactly what was approved. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const bo = worker("w2", { name: "Bo Ek", number: "2" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });
const tuesday = shift("s2", { worker: "w2", date: "2026-03-02" });

function approved(plan: Plan, what: Partial<Approval> = {}): Plan {
  // As it comes back from where it was stored.
  const stored: Plan = JSON.parse(JSON.stringify(plan));
  const result = approvedPlan(stored, { allow: [], ...what });
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.plan;
}

test("everything approved, and no guard: the very same plan", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  const all = plan.changes.map(({ id }) => id);
  expect(approvedPlan(plan, { allow: [] })).toEqual({ ok: true, plan });
  expect(approvedPlan(plan, { changes: all.toReversed(), allow: ["not:there"] })).toEqual({
    ok: true,
    plan,
  });
});

test("a part brings what it waits for, leaves out what nobody in it needs, and says that it is a part", async () => {
  const site = await startTimeclock({ workers: [ann, bo], shifts: [monday, tuesday] });
  const plan = await site.plan();
  expect(steps(plan)).toEqual([
    "create people w1",
    "create people w2",
    "create cards s1",
    "create cards s2",
  ]);
  const boPerson = changeOf(plan, "people", "w2").id;
  const part = approved(plan, { changes: [changeOf(plan, "cards", "s1").id, boPerson] });
  expect(steps(part)).toEqual(["create people w1", "create cards s1"]);
  expect(part.selection).toEqual({ only: [], exclude: [], leftOut: 2 });
  expect(part.id).not.toBe(plan.id);
  expect(part.header).toEqual(plan.header);
  expect(plan.estimate).toEqual([{ connection: "site", calls: 3 }]);
  expect(part.estimate).toEqual([{ connection: "site", calls: 2 }]);
  const { id: _id, digest: _digest, changes: _c, estimate: _e, selection: _s, ...rest } = part;
  expect(plan).toMatchObject(rest);

  expect((await site.apply(part)).status).toBe("applied");
  expect(site.records("cards")).toMatchObject([{ mark: "s1" }]);
  expect(site.records("people")).toMatchObject([{ name: "Ann Lee" }]);
  const rest_ = await site.plan();
  expect(steps(rest_)).toEqual(["create people w2", "create cards s2"]);
  await site.apply(approved(rest_));
  expect((await site.plan()).changes).toEqual([]);
});

test("nothing-approved: no change, or only what is created for others", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  const idle = changeOf(plan, "people", "w1").id;
  for (const changes of [[], [idle]]) {
    expect(approvedPlan(plan, { changes, allow: [] })).toMatchObject({
      ok: false,
      code: "nothing-approved",
    });
  }
});

test("a plan without changes can be approved: it settles what needs no writing", async () => {
  const site = await startTimeclock({ workers: [ann] });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(approvedPlan(plan, { changes: [], allow: [] })).toEqual({ ok: true, plan });
});

test("change-unknown: an id that the plan does not have approves nothing at all", async () => {
  const site = await startTimeclock({ workers: [ann], shifts: [monday] });
  const plan = await site.plan();
  const changes = [changeOf(plan, "cards", "s1").id, "0123456789abcdef"];
  expect(approvedPlan(plan, { changes, allow: [] })).toEqual({
    ok: false,
    code: "change-unknown",
    message: 'The plan has no change "0123456789abcdef".',
  });
});

test("somebody who moves from one rule to another: who joins waits for who leaves, and both come", async () => {
  const office = await startOffice({
    people: [person("p1", { name: "Ilse B", number: "1", is_user: false })],
  });
  await office.sync();
  office.clock.advance(60_000);
  const moved = person("p1", { name: "Ilse B", number: "1", email: "ilse@x.test", is_user: true });
  office.world.stream("people").put(moved);
  office.world.stream("people").put(person("p2", { name: "Cy", number: "2", is_user: false }));
  const plan = await office.plan();
  expect(summary(plan)).toEqual([
    "create contacts Cy",
    "retire contacts Ilse B",
    "create users Ilse B",
  ]);
  const joins = plan.changes.filter(({ rule }) => rule === "users").map(({ id }) => id);
  const part = approved(plan, { changes: joins });
  expect(summary(part)).toEqual(["retire contacts Ilse B", "create users Ilse B"]);
  await office.apply(part);
  office.clock.advance(60_000);
  expect(summary(await office.plan())).toEqual(["create contacts Cy"]);
});

function crew(size: number): readonly StreamRecord[] {
  return Array.from({ length: size }, (_nothing, index) =>
    person(`p${index}`, { name: `Person ${index}`, number: `${index}`, is_user: false }),
  );
}

/** Everybody is linked, and everybody has got another title since. */
async function renamedCrew(): Promise<OfficeRun> {
  const office = await startOffice({ people: crew(6) });
  await office.sync();
  office.clock.advance(60_000);
  for (const record of office.world.stream("people").records()) {
    const fields = { ...record.fields, title: "Welder" };
    office.world.stream("people").put({ ...record, fields });
  }
  return office;
}

test("guard-not-named: every guard that stands must be named, also for a part, and is let through then", async () => {
  const office = await renamedCrew();
  const plan = await office.plan();
  expect(plan.guards.map(({ allow }) => allow)).toEqual([
    "people:too-many-updates",
    "people:one-field-everywhere",
  ]);
  const [first] = plan.changes;
  const changes = [first?.id ?? ""];
  const refused = approvedPlan(plan, { changes, allow: ["people:too-many-updates"] });
  expect(refused).toMatchObject({ ok: false, code: "guard-not-named" });
  expect(refused).toHaveProperty("message", expect.stringContaining("people:one-field-everywhere"));

  const allow = ["people:too-many-updates", "people:one-field-everywhere"];
  const part = approved(plan, { changes, allow });
  expect(planStatus(part)).toBe("changes");
  expect((await office.apply(part)).outcomes).toMatchObject([{ status: "applied" }]);
  office.clock.advance(60_000);
  const rest = await office.plan();
  expect(rest.changes).toHaveLength(5);
  const whole = approved(rest, { allow });
  expect(whole.id).not.toBe(rest.id);
  expect(whole).not.toHaveProperty("selection");
  await office.apply(whole);
  office.clock.advance(60_000);
  expect((await office.plan()).changes).toEqual([]);
});

test("a guard that no flag lets through cannot be approved, whatever is named", () => {
  const message = "The mapping people keeps other accounts in step.";
  const guard = { code: "accounts-bound", mapping: "people", message, allowed: false } as const;
  const plan = aPlan({ guards: [guard] });
  expect(approvedPlan(plan, { allow: ["people:accounts-bound", ""] })).toEqual({
    ok: false,
    code: "accounts-bound",
    message,
  });
});

test("a part of a linking run ties the pairs that were chosen, calls nobody, and counts as a part", async () => {
  const office = await startOffice({
    people: [
      person("p1", { name: "Ann", number: "1", is_user: false }),
      person("p2", { name: "Bo", number: "2", is_user: false }),
    ],
    contacts: [
      contact("c1", { name: "Ann", number: "1" }),
      contact("c2", { name: "Bo", number: "2" }),
    ],
  });
  const plan = await office.plan({ purpose: "link" });
  expect(summary(plan)).toEqual(["link contacts Ann", "link contacts Bo"]);
  const part = approved(plan, { changes: plan.changes.slice(0, 1).map(({ id }) => id) });
  expect(part.estimate).toEqual([]);
  expect(part.selection?.leftOut).toBe(1);
  await office.apply(part);
  expect((await office.store.load("people")).links).toHaveLength(1);
});

test("P-020: what was approved of a plan of real systems is written, and nothing else; the rest follows later", async () => {
  const people = ["Ilse Brandvold", "Olav Haugen", "Marta Nilsen"].map((name, at) => ({
    first_name: name.split(" ")[0],
    last_name: name.split(" ")[1],
    email: `p${at}@northridge.example`,
    is_user: true,
    is_assignable: true,
  }));
  const company = await openCompany({ wfp: { people } });
  try {
    const plan = await company.plan();
    expect(changeLines(plan)).toEqual([
      "create users Ilse Brandvold",
      "create users Olav Haugen",
      "create users Marta Nilsen",
    ]);
    const olav = plan.changes.filter(({ label }) => label === "Olav Haugen");
    const part = approved(plan, { changes: olav.map(({ id }) => id) });
    const result = await company.apply(part);
    expect(result).toMatchObject({ status: "applied", planId: part.id });
    const rest = await company.plan();
    expect(changeLines(rest)).toEqual(["create users Ilse Brandvold", "create users Marta Nilsen"]);
    await company.apply(approved(rest));
    expect((await company.plan()).changes).toEqual([]);
    // The same approval cannot be carried out a second time, and neither can what it was made from.
    expect((await company.apply(part)).refusal?.code).toBe("plan-used");
  } finally {
    await company.close();
  }
});

test("who has no counterpart stays held in a part of the plan", async () => {
  const namesake = onePerson("p1", { name: "Ann Other", number: "1" });
  const site = await startTimeclock({
    workers: [ann, bo],
    people: [namesake],
    shifts: [monday, tuesday, shift("s3", { worker: "w2", date: "2026-02-27" })],
  });
  const plan = await site.plan();
  const part = approved(plan, { changes: [changeOf(plan, "cards", "s3").id] });
  expect(part.held).toEqual(plan.held);
  expect(part.held).toHaveLength(2);
  const result = await site.apply(part);
  const entries = await site.store.entries(result.runId, { from: 0, limit: 10 });
  expect(entries.map(({ source, status }) => `${source.id} ${status}`)).toEqual([
    "w1 held",
    "s1 held",
    "w2 applied",
    "s3 applied",
  ]);
});
