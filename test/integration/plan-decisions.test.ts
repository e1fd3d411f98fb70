import { expect, test } from "vitest";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { contact, person, user } from "../support/office.ts";
import { officeOver, startOffice, summary } from "../support/office-run.ts";

/* What people decide in links files comes before any match key. */

const ann = person("p1", { name: "Ann Lee", email: "ann@x.test", number: "1" });
const bo = person("p2", { name: "Bo Ek", email: "bo@x.test", number: "2" });
const annUser = user("u1", { name: "Ann Lee-Ek", email: "ann@x.test", number: "1" });

type Words = Partial<Pick<LinkDecision, "rule" | "why">>;

function decision(
  kind: "link" | "apart",
  ids: readonly [string, string],
  more?: Words,
): LinkDecision;
function decision(kind: "ignore", ids: readonly [string], more?: Words): LinkDecision;
function decision(
  kind: LinkDecision["kind"],
  [source, target = ""]: readonly string[],
  more: Words = {},
): LinkDecision {
  const common = {
    rule: "users",
    source: { connection: "office", stream: "people", id: source ?? "" },
    at: { file: "links/people.yaml", line: 4, column: 5 },
    ...more,
  };
  const stream = common.rule === "users" ? "users" : "contacts";
  if (kind === "ignore") return { kind, ...common };
  return { kind, ...common, target: { connection: "office", stream, id: target } };
}

function heldLines(plan: Plan): readonly string[] {
  return plan.held.map((one) => `${one.code} ${one.label}: ${one.reason}`);
}

async function settledAfter(office: Awaited<ReturnType<typeof startOffice>>): Promise<void> {
  office.clock.advance(60_000);
  expect(summary(await office.plan())).toEqual([]);
}

test("a pair that a links file ties is linked in any run, whatever its fields and its key say", async () => {
  const other = user("u9", { name: "A. Ek", email: "old@x.test", number: "9" });
  const decisions = [decision("link", ["p1", "u9"], { why: "She married." })];
  const replace = [["found: link, ", ""]] as const;
  const office = await startOffice({ people: [ann], users: [other], decisions, replace });
  const plan = await office.sync();
  expect(summary(plan)).toEqual(["link users Ann Lee", "update users Ann Lee"]);
  expect(plan.changes[0]).toMatchObject({
    decided: "file",
    reason: "links/people.yaml:4:5 says that they are one: She married.",
    target: { id: "u9" },
  });
  const [link] = (await office.store.load("people")).links;
  expect(link?.origin).toBe("manual");
  await settledAfter(office);
  expect(office.world.stream("users").records()).toHaveLength(1);
});

test("in a linking run the pair is linked and nothing is written", async () => {
  const decisions = [decision("link", ["p1", "u1"])];
  const office = await startOffice({ people: [ann], users: [annUser], decisions });
  const plan = await office.plan({ purpose: "link" });
  expect(summary(plan)).toEqual(["link users Ann Lee"]);
  expect((await office.apply(plan)).status).toBe("applied");
  expect(office.world.writes).toEqual([]);
});

test("a decision settles a dispute for one, and the other is told that the record belongs to somebody", async () => {
  const twin = person("p3", { name: "Ann Lee", email: "ann@x.test", number: "1" });
  const people = [ann, twin];
  const before = await startOffice({ people, users: [annUser] });
  expect((await before.plan()).held.map(({ code }) => code)).toEqual(["ambiguous", "ambiguous"]);
  const decisions = [decision("link", ["p1", "u1"])];
  const office = await startOffice({ people, users: [annUser], decisions });
  const plan = await office.sync();
  expect(summary(plan)).toEqual(["link users Ann Lee", "update users Ann Lee"]);
  expect(heldLines(plan)).toEqual([
    "ambiguous Ann Lee: Not clear: the user with the same email belongs to another record.",
  ]);
});

test("records that are apart are no candidates, neither when planning nor when applying", async () => {
  const people = [person("p1", { name: "Ann Lee", number: "7", is_user: false })];
  const contacts = [contact("c1", { name: "Ann Leigh", number: "7" })];
  const why = { rule: "contacts", why: "Mother and daughter." };
  const decisions = [decision("apart", ["p1", "c1"], why)];
  const office = await startOffice({ people, contacts, decisions });
  const plan = await office.sync();
  expect(summary(plan)).toEqual(["create contacts Ann Lee"]);
  expect(plan.changes[0]).toMatchObject({ precondition: { except: ["c1"] } });
  expect(office.world.stream("contacts").records()).toHaveLength(2);
  await settledAfter(office);
});

test("a link between two that are apart is cut, and says by which line", async () => {
  const office = await startOffice({ people: [ann, bo] });
  await office.sync();
  office.clock.advance(60_000);
  const { links } = await office.store.load("people");
  const target = links.find((link) => link.source.id === "p1")?.target.id ?? "";
  const decisions = [decision("apart", ["p1", target], { why: "Wrong person." })];
  const { world, store, clock } = office;
  const later = await officeOver(world, { clock, store, decisions });
  const plan = await later.sync();
  expect(plan.changes).toMatchObject([
    { kind: "unlink", reason: "links/people.yaml:4:5 says that they are different: Wrong person." },
  ]);
  expect((await store.load("people")).links.map((link) => link.source.id)).toEqual(["p2"]);
});

test("a link to somebody else gives way to the decision, and what was agreed with the old one is forgotten", async () => {
  const right = user("u5", { name: "Ann", email: "ann.lee@x.test", number: "5", title: "Boss" });
  const wrong = { ...annUser, fields: { ...annUser.fields, email: "lee@x.test" } };
  const office = await startOffice({ people: [ann], users: [wrong, right] });
  await office.store.addLink({
    mapping: "people",
    rule: "users",
    source: { connection: "office", stream: "people", id: "p1" },
    target: { connection: "office", stream: "users", id: "u1" },
    origin: "matched",
    baseline: { title: "Welder" },
    ruleDigest: "",
    writtenAt: new Date(0),
  });
  const { world, store, clock } = office;
  const decisions = [decision("link", ["p1", "u5"])];
  const later = await officeOver(world, { clock, store, decisions });
  const plan = await later.sync();
  expect(summary(plan)).toEqual(["link users Ann Lee", "update users Ann Lee"]);
  expect(plan.changes[0]).toMatchObject({ replaces: { id: "u1" }, target: { id: "u5" } });
  const [link, ...others] = (await store.load("people")).links;
  expect(others).toEqual([]);
  expect(link).toMatchObject({ target: { id: "u5" }, origin: "manual" });
  await settledAfter(later);
});

test("decided-ignore: who is left out is passed over by name, and followed again once linked", async () => {
  const decisions = [decision("ignore", ["p1"], { why: "A test account." })];
  const office = await startOffice({ people: [ann, bo], decisions });
  const plan = await office.sync();
  expect(summary(plan)).toEqual(["create users Bo Ek"]);
  expect(plan.passedOver).toMatchObject([
    {
      code: "decided-ignore",
      reason: "links/people.yaml:4:5 leaves it out: A test account.",
      records: [{ label: "Ann Lee" }],
    },
  ]);
  await settledAfter(office);
});

test("decision-stale: a pair with a record that is not there, or that belongs to another, is held", async () => {
  const gone = [decision("link", ["p1", "u404"])];
  const office = await startOffice({ people: [ann], users: [annUser], decisions: gone });
  expect(heldLines(await office.plan())).toEqual([
    "decision-stale Ann Lee: links/people.yaml:4:5 says that they are one. But there is no user u404.",
  ]);
  const { world, store, clock } = await startOffice({ people: [bo] });
  await (await officeOver(world, { clock, store })).sync();
  clock.advance(60_000);
  const target = (await store.load("people")).links[0]?.target.id ?? "";
  world.stream("people").put(ann);
  const decisions = [decision("link", ["p1", target])];
  const later = await officeOver(world, { clock, store, decisions });
  expect(heldLines(await later.plan())).toEqual([
    "decision-stale Ann Lee: links/people.yaml:4:5 says that they are one. But the user is linked to another record.",
  ]);
});

test("decision-idle: entries about records that are not there are named", async () => {
  const decisions = [decision("link", ["p404", "u1"]), decision("ignore", ["p1"])];
  const office = await startOffice({ people: [ann], users: [annUser], decisions });
  const plan = await office.plan();
  expect(plan.findings).toMatchObject([
    {
      code: "decision-idle",
      message:
        "One entry of the links files, the first at links/people.yaml:4:5, speaks of people that are not there.",
      records: [{ label: "p404" }],
    },
  ]);
});

test("a decision answers a create whose answer was lost", async () => {
  const office = await startOffice({ people: [ann] });
  office.world.fail({ stream: "users", call: "create", kind: "lose-answer" });
  expect((await office.sync()).changes).toHaveLength(1);
  const made = office.world.stream("users").records()[0]?.id ?? "";
  // Somebody has made another person of it since, so that nothing but a decision can tell.
  office.world.stream("users").put(user(made, { name: "Somebody else", email: "other@x.test" }));
  const { world, store, clock } = office;
  clock.advance(60_000);
  const decisions = [decision("link", ["p1", made])];
  const later = await officeOver(world, { clock, store, decisions });
  expect(summary(await later.sync())).toEqual(["link users Ann Lee", "update users Ann Lee"]);
  expect((await store.load("people")).intents).toEqual([]);
  expect(world.stream("users").records()).toHaveLength(1);
});

test("a decision that was carried out does not keep a lost record from being created again", async () => {
  const decisions = [decision("link", ["p1", "u1"])];
  const office = await startOffice({ people: [ann], users: [annUser], decisions });
  await office.sync();
  office.world.stream("users").remove("u1");
  office.clock.advance(60_000);
  expect(summary(await office.sync())).toEqual(["create users Ann Lee"]);
  office.world.stream("people").put({ ...ann, fields: { ...ann.fields, title: "Welder" } });
  office.clock.advance(60_000);
  const plan = await office.sync();
  expect(summary(plan)).toEqual(["update users Ann Lee"]);
  expect(plan.held).toEqual([]);
  await settledAfter(office);
});
