import { expect, test } from "vitest";
import type { ApplyResult } from "../../engine/apply/outcome.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { contact, handClock, person, user } from "../support/office.ts";
import { type OfficeRun, officeOver, startOffice, summary } from "../support/office-run.ts";

/* What becomes of each change of a plan while the world goes on, and why a plan is refused as a whole. */

const ann = person("p1", { name: "Ann Lee", email: "ann@x.test", number: "1", title: "Welder" });
const bo = person("p2", { name: "Bo Ek", email: "bo@x.test", number: "2", title: "Welder" });
const ilse = person("p3", { name: "Ilse B", number: "3", is_user: false });

function outcomes(result: ApplyResult): readonly string[] {
  return result.outcomes.map((outcome) => outcome.code ?? outcome.status);
}

function edit(
  office: OfficeRun,
  stream: string,
  record: StreamRecord | undefined,
  fields: StreamRecord["fields"],
): void {
  if (!record) throw new Error(`nothing in ${stream} to edit`);
  office.world.stream(stream).put({ ...record, fields: { ...record.fields, ...fields } });
}

async function linked(people: readonly StreamRecord[] = [ann, bo]): Promise<OfficeRun> {
  const office = await startOffice({ people });
  await office.sync();
  office.clock.advance(60_000);
  return office;
}

function users(office: OfficeRun): readonly StreamRecord[] {
  return office.world.stream("users").records();
}

test("stale: a target that somebody changed since the plan is skipped and reported, and the rest goes through", async () => {
  const office = await linked();
  for (const record of [ann, bo]) edit(office, "people", record, { title: "Foreman" });
  const plan = await office.plan();
  edit(office, "users", users(office)[0], { number: "77" });
  expect(outcomes(await office.apply(plan))).toEqual(["stale", "applied"]);
  office.clock.advance(60_000);
  await office.sync();
  expect(users(office).map((record) => record.fields["title"])).toEqual(["Foreman", "Foreman"]);
});

test("a field that the rule does not look at may move between plan and apply", async () => {
  const office = await linked();
  edit(office, "people", ann, { title: "Foreman" });
  const plan = await office.plan();
  edit(office, "users", users(office)[0], { template: "admin" });
  expect(outcomes(await office.apply(plan))).toEqual(["applied"]);
});

test("candidate-appeared: a record with the same key came up since the plan, and no second one is made", async () => {
  const office = await startOffice({ people: [ann] });
  const plan = await office.plan();
  office.world
    .stream("users")
    .put(user("by-hand", { name: "Ann Lee", email: "ANN@x.test", number: "1" }));
  expect(outcomes(await office.apply(plan))).toEqual(["candidate-appeared"]);
  expect(users(office)).toHaveLength(1);
});

test("not-verified: what cannot be read again is not written", async () => {
  const office = await startOffice({ people: [ann] });
  const plan = await office.plan();
  office.world.fail({ stream: "users", call: "read", kind: "lose-answer" });
  expect(outcomes(await office.apply(plan))).toEqual(["not-verified"]);
  expect(users(office)).toEqual([]);
  office.clock.advance(1);
  await office.sync();
  expect(users(office)).toHaveLength(1);
});

test("waits-for: what waits for a change that failed is skipped, and both are tried again", async () => {
  const office = await linked([ilse]);
  edit(office, "people", ilse, { is_user: true, email: "ilse@x.test" });
  const plan = await office.plan();
  const problem = {
    code: "permission-denied",
    message: "No.",
    retry: "never",
    applied: "no",
  } as const;
  office.world.fail({ stream: "contacts", call: "update", kind: "refuse", problem });
  expect(outcomes(await office.apply(plan))).toEqual(["permission-denied", "waits-for"]);
  expect(users(office)).toEqual([]);
});

test("in-doubt: a lost answer is looked into by the next plan, and linked instead of created again", async () => {
  const office = await startOffice({ people: [ann] });
  office.world.fail({ stream: "users", call: "create", kind: "lose-answer" });
  const first = await office.apply(await office.plan());
  expect(outcomes(first)).toEqual(["answer-lost"]);
  expect(first.outcomes[0]?.reason).toContain("The next plan finds out");
  const plan = await office.plan();
  expect(summary(plan)).toEqual(["link users Ann Lee"]);
  await office.apply(plan);
  expect(users(office)).toHaveLength(1);
  office.clock.advance(60_000);
  expect((await office.plan()).changes).toEqual([]);
});

test("in-doubt: while readings may lag behind, nothing is created again; when one proves it missing, it is", async () => {
  const office = await startOffice({ people: [ann], lagMs: 30_000 });
  office.world.fail({ stream: "users", call: "create", kind: "lose-request" });
  await office.apply(await office.plan());
  const early = await office.plan();
  expect(early.changes).toEqual([]);
  expect(early.held.map((held) => held.code)).toEqual(["in-doubt"]);
  office.clock.advance(31_000);
  expect(summary(await office.plan())).toEqual(["create users Ann Lee"]);
});

test("stopped-early: a stopped run begins nothing new, and what was not done comes back", async () => {
  const office = await startOffice({ people: [ann, bo] });
  const plan = await office.plan();
  expect(outcomes(await office.apply(plan, AbortSignal.abort()))).toEqual([
    "stopped-early",
    "stopped-early",
  ]);
  expect(users(office)).toEqual([]);
  expect(summary(await office.plan())).toEqual(summary(plan));
});

test("stopped-early: a system that refuses the credentials is not asked again for every record", async () => {
  const people = Array.from({ length: 100 }, (_nothing, index) =>
    person(`p${index}`, { name: `Person ${index}`, number: `${index}`, is_user: false }),
  );
  const office = await startOffice({ people });
  const plan = await office.plan();
  const problem = {
    code: "credentials-refused",
    message: "Who are you?",
    retry: "never",
    applied: "no",
  } as const;
  office.world.fail({
    stream: "contacts",
    call: "create",
    kind: "refuse",
    problem,
    times: Number.POSITIVE_INFINITY,
  });
  const result = await office.apply(plan);
  const skipped = result.outcomes.filter((outcome) => outcome.code === "stopped-early");
  expect(skipped.length).toBeGreaterThan(0);
  expect(skipped[0]?.reason).toContain("Who are you?");
});

test("plan-used: a plan is applied at most once, also by two at the same time", async () => {
  const office = await startOffice({ people: [ann] });
  const plan = await office.plan();
  const both = await Promise.all([office.apply(plan), office.apply(plan)]);
  expect(both.map((result) => result.status).toSorted()).toEqual(["applied", "refused"]);
  expect((await office.apply(plan)).refusal?.code).toBe("plan-used");
  expect(users(office)).toHaveLength(1);
});

test("plan-foreign: a plan from another configuration is refused", async () => {
  const office = await startOffice({ people: [ann] });
  const plan = await office.plan();
  const edited = await officeOver(office.world, {
    ...office,
    replace: [["title: title", "title: $uppercase(title)"]],
  });
  expect((await edited.apply(plan)).refusal?.code).toBe("plan-foreign");
  expect(users(office)).toEqual([]);
});

test("plan-unreadable: a plan that was edited after it was made is refused", async () => {
  const office = await startOffice({ people: [ann, bo] });
  const plan = await office.plan();
  expect((await office.apply({ ...plan, changes: plan.changes.slice(1) })).refusal?.code).toBe(
    "plan-unreadable",
  );
  const saved = JSON.parse(JSON.stringify(plan));
  expect((await office.apply(saved)).status).toBe("applied");
});

test("mapping-busy: while another run writes, a second one is refused and told who it is", async () => {
  const office = await startOffice({ people: [ann] });
  await office.store.acquireLease("mapping:people", "schedule (run 7)", 60_000);
  const result = await office.apply(await office.plan());
  expect(result.refusal?.code).toBe("mapping-busy");
  expect(result.refusal?.message).toContain("schedule (run 7)");
});

test("lease-lost: a run that lost its lease writes nothing more", async () => {
  const clock = handClock();
  const store = memoryStore(clock);
  let taken = false;
  const robbed: StateStore = {
    ...store,
    async begin(leases, intents) {
      // Somebody else takes over while we sleep.
      if (!taken) {
        taken = true;
        const [lease] = leases;
        if (lease) await store.releaseLease(lease);
        await store.acquireLease("mapping:people", "somebody else", 60_000);
      }
      await store.begin(leases, intents);
    },
  };
  const office = await startOffice({ people: [ann, bo], store: robbed });
  const result = await office.apply(await office.plan());
  expect(result.status).toBe("partial");
  expect(new Set(outcomes(result))).toEqual(new Set(["lease-lost"]));
  expect(users(office)).toEqual([]);
});

test("linked since: a link that somebody made between plan and apply makes the create stale", async () => {
  const office = await startOffice({
    people: [ann],
    users: [user("u9", { name: "Ann L", email: "other@x.test", number: "9" })],
  });
  const plan = await office.plan();
  const address = (stream: string, id: string) => ({ connection: "office", stream, id });
  await office.store.addLink({
    mapping: "people",
    rule: "users",
    source: address("people", "p1"),
    target: address("users", "u9"),
    origin: "manual",
    baseline: {},
    ruleDigest: "",
    writtenAt: office.clock.now(),
  });
  expect(outcomes(await office.apply(plan))).toEqual(["stale"]);
  expect(users(office)).toHaveLength(1);
});

test("--only and --exclude keep a part of the plan, with what it waits for", async () => {
  const office = await linked([ann, bo, ilse]);
  edit(office, "people", ann, { title: "Foreman" });
  edit(office, "people", ilse, { is_user: true, email: "ilse@x.test" });
  office.world
    .stream("people")
    .put(person("p4", { name: "Cy Ott", email: "cy@x.test", number: "4" }));
  const all = [
    "update users Ann Lee",
    "retire contacts Ilse B",
    "create users Ilse B",
    "create users Cy Ott",
  ];
  const lines = async (words: { only?: readonly string[]; exclude?: readonly string[] }) => {
    const plan = await office.plan({
      only: [],
      exclude: [],
      allow: ["people:too-many-retires"],
      ...words,
    });
    return { lines: summary(plan), leftOut: plan.selection?.leftOut ?? 0 };
  };
  expect(new Set((await lines({})).lines)).toEqual(new Set(all));
  expect(await lines({ only: ["office/people/p1"] })).toEqual({
    lines: ["update users Ann Lee"],
    leftOut: 3,
  });
  expect(await lines({ only: ["record=office/people/p3"] })).toEqual({
    lines: ["retire contacts Ilse B", "create users Ilse B"],
    leftOut: 2,
  });
  expect((await lines({ only: ["situation=absent"] })).lines).toContain("retire contacts Ilse B");
  expect(await lines({ exclude: ["kind=retire"] })).toEqual({
    lines: ["update users Ann Lee", "create users Cy Ott"],
    leftOut: 2,
  });
  const part = await office.plan({ only: ["kind=update"] });
  expect(outcomes(await office.apply(part))).toEqual(["applied"]);
  expect(new Set(summary(await office.plan({ allow: ["people:too-many-retires"] })))).toEqual(
    new Set(all.slice(1)),
  );
});

test("the log of a run names who was written, who was not, and why", async () => {
  const twin = person("p5", { name: "Ann Twin", email: "ann@x.test", number: "5" });
  const away = person("p6", { name: "Al Gone", email: "al@x.test", number: "6", active: false });
  const office = await startOffice({
    people: [ann, twin, bo, away],
    contacts: [contact("c1", { name: "X", number: "8" })],
  });
  const result = await office.apply(await office.plan());
  const entries = await office.store.entries(result.runId, { from: 0, limit: 100 });
  expect(
    entries.map((entry) => `${entry.label}: ${entry.status} ${entry.code ?? ""}`.trim()),
  ).toEqual([
    "Ann Lee: held ambiguous",
    "Ann Twin: held ambiguous",
    "Al Gone: passed-over not-brought-in",
    "Bo Ek: applied",
  ]);
  expect(entries.every((entry) => entry.reason !== "")).toBe(true);
  expect((await office.store.run(result.runId))?.counts).toEqual({
    held: 2,
    "passed-over": 1,
    applied: 1,
  });
});

test("--only and --exclude list the held and passed-over records by the same words", async () => {
  const twin = person("p5", { name: "Ann Twin", email: "ann@x.test", number: "5" });
  const away = person("p6", { name: "Al Gone", email: "al@x.test", number: "6", active: false });
  const office = await startOffice({ people: [ann, twin, bo, away] });
  const listed = async (words: { only?: readonly string[]; exclude?: readonly string[] }) => {
    const plan = await office.plan(words);
    const passed = plan.passedOver.flatMap((group) => group.records.map((record) => record.label));
    return [summary(plan), plan.held.map((held) => held.label), passed];
  };
  expect(await listed({ only: ["office/people/p1"] })).toEqual([[], ["Ann Lee"], []]);
  expect(await listed({ only: ["office/people/p6"] })).toEqual([[], [], ["Al Gone"]]);
  expect(await listed({ exclude: ["situation=ambiguous"] })).toEqual([
    ["create users Bo Ek"],
    [],
    ["Al Gone"],
  ]);
  expect(await listed({ only: ["rule=contacts"] })).toEqual([[], [], []]);
});

test("in-doubt: a system that knows the origin id and cannot be asked leaves the question open", async () => {
  const office = await startOffice({ people: [ann], origin: true });
  office.world.fail({ stream: "users", call: "create", kind: "lose-answer" });
  await office.apply(await office.plan());
  // Nothing but the origin id can tell any more whose record it is.
  edit(office, "users", users(office)[0], {
    name: "Renamed",
    email: "renamed@x.test",
    number: "77",
  });
  office.clock.advance(60_000);
  office.world.fail({ stream: "users", call: "findByOrigin", kind: "lose-answer" });
  const unasked = await office.plan();
  expect([summary(unasked), unasked.held.map((held) => held.code)]).toEqual([[], ["in-doubt"]]);
  const asked = await office.plan();
  expect(summary(asked)).toEqual(["link users Ann Lee", "update users Ann Lee"]);
  await office.apply(asked);
  expect(users(office)).toHaveLength(1);
});
