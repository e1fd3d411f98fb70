import { expect, test } from "vitest";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import { contact, person } from "../support/office.ts";
import { type OfficeRun, officeOver, startOffice } from "../support/office-run.ts";

/* Guards refuse a plan that is larger than anyone meant, say why in figures, and name the flag that lets it through. */

function crew(size: number): readonly StreamRecord[] {
  return Array.from({ length: size }, (_nothing, index) =>
    person(`p${index}`, {
      name: `Person ${index}`,
      number: `${index}`,
      is_user: false,
      title: "Welder",
    }),
  );
}

async function linkedCrew(size = 20): Promise<OfficeRun> {
  const office = await startOffice({ people: crew(size) });
  await office.sync();
  office.clock.advance(60_000);
  return office;
}

function edit(office: OfficeRun, count: number, fields: Record<string, string | boolean>): void {
  const people = office.world.stream("people");
  for (const record of people.records().slice(0, count)) {
    people.put({ ...record, fields: { ...record.fields, ...fields } });
  }
}

async function expectGuard(office: OfficeRun, code: string, figures: string): Promise<void> {
  const plan = await office.plan();
  expect(plan.guards.map((guard) => guard.code)).toContain(code);
  const guard = plan.guards.find((one) => one.code === code);
  expect(guard?.message).toContain(figures);
  expect(guard?.message).toContain(`--allow people:${code}`);
  const writes = office.world.writes.length;
  const refused = await office.apply(plan);
  expect(refused).toMatchObject({ status: "refused", refusal: { code: "plan-refused" } });
  expect((await office.store.run(refused.runId))?.note).toContain(figures);
  expect(office.world.writes.length).toBe(writes);
  const allowed = await office.plan({ allow: plan.guards.flatMap((one) => one.allow ?? []) });
  expect((await office.apply(allowed)).status).toBe("applied");
  office.clock.advance(60_000);
  expect((await office.plan()).changes).toEqual([]);
}

test("the first run creates everybody, and no guard stands in its way", async () => {
  const office = await startOffice({ people: crew(50) });
  const plan = await office.plan();
  expect(plan.guards).toEqual([]);
  expect(plan.changes).toHaveLength(50);
});

test("too-many-creates: more new records than half of those that are linked", async () => {
  const office = await linkedCrew(6);
  for (const record of crew(10).slice(6)) office.world.stream("people").put(record);
  await expectGuard(
    office,
    "too-many-creates",
    "creates 4 records, 66.7% of 6 linked records; the limit is 50%",
  );
});

test("too-many-updates: more updates than the share that the mapping allows", async () => {
  const office = await linkedCrew();
  edit(office, 7, { title: "Foreman" });
  await expectGuard(
    office,
    "too-many-updates",
    "updates 7 records, 35% of 20 linked records; the limit is 30%",
  );
});

test("too-many-retires: somebody switched everybody's type", async () => {
  const office = await linkedCrew();
  edit(office, 5, { is_user: true, email: "x@x.test" });
  const plan = await office.plan();
  expect(plan.guards.map((guard) => guard.code)).toEqual(["too-many-retires"]);
});

test("too-many-deletes: a rule that deletes what is gone has a limit of its own", async () => {
  const office = await linkedCrew();
  const deleting = await officeOver(office.world, {
    ...office,
    replace: [["gone: retire", "gone: delete"]],
  });
  for (const record of office.world.stream("people").records().slice(0, 4)) {
    office.world.stream("people").remove(record.id);
  }
  await expectGuard(
    deleting,
    "too-many-deletes",
    "deletes 4 records, 20% of 20 linked records; the limit is 5%",
  );
  expect(office.world.stream("contacts").records()).toHaveLength(16);
});

test("stream-shrunk: a stream that had records is suddenly empty, and nobody is retired because of it", async () => {
  const office = await linkedCrew();
  for (const record of office.world.stream("people").records())
    office.world.stream("people").remove(record.id);
  const plan = await office.plan();
  const shrunk = plan.guards.find((guard) => guard.code === "stream-shrunk");
  expect(shrunk?.message).toContain("office/people had 20 records last time and has 0 now");
  expect((await office.apply(plan)).status).toBe("refused");
  expect(
    office.world
      .stream("contacts")
      .records()
      .every((record) => record.fields["active"] === true),
  ).toBe(true);
});

test("one-field-everywhere: an edit of the mapping changes one field on nearly every record", async () => {
  const office = await linkedCrew();
  const edited = await officeOver(office.world, {
    ...office,
    replace: [
      ["title: title", "title: $uppercase(title)"],
      ["limits: { minimum: 3 }", "limits: { minimum: 3, update: 100% }"],
    ],
  });
  await expectGuard(
    edited,
    "one-field-everywhere",
    "The field title changes on 20 of 20 linked records",
  );
});

test("small plans run into no guard: shares of few records mean nothing", async () => {
  const office = await startOffice({
    people: crew(2),
    contacts: [contact("c9", { name: "Other", number: "99" })],
  });
  await office.sync();
  office.clock.advance(60_000);
  edit(office, 2, { title: "Foreman" });
  expect((await office.plan()).guards).toEqual([]);
});

test("after a linking run nothing was written yet, so that bringing in the others is what is meant", async () => {
  const people = crew(20);
  const contacts = people.slice(0, 6).map((record) => {
    const { email: _email, is_user: _isUser, ...fields } = record.fields;
    return contact(record.id, fields);
  });
  const office = await startOffice({ people, contacts });
  const linking = await office.plan({ purpose: "link" });
  expect(linking.changes).toHaveLength(6);
  await office.apply(linking);
  const plan = await office.plan();
  expect(plan.changes.filter((change) => change.kind === "create")).toHaveLength(14);
  expect(plan.guards.map((guard) => guard.code)).not.toContain("too-many-creates");
});
