import { expect, test } from "vitest";
import type { Project } from "../../engine/config/project.ts";
import { explainRecord } from "../../engine/explain/explain.ts";
import type { Explanation } from "../../engine/explain/explanation.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { Engine } from "../../engine/run/engine.ts";
import {
  ann,
  bo,
  explainedOffice as office,
  options,
  outcomes,
  outOfOrder,
  ruleOf,
  shown,
} from "../support/explained-office.ts";
import { person, user } from "../support/office.ts";

/* What is rarer than the sample company has it: each situation in the smallest office that shows it. */

test("a key without a value is told, and one behind the key that decided is not looked up", async () => {
  const { explain } = await office({
    people: [person("p1", { ...ann, email: null }), person("p2", bo)],
    users: [user("u2", { ...bo, name: "Bo Eck" })],
  });
  const keys = (explanation: Explanation) =>
    ruleOf(explanation).match?.keys.map(({ status, found }) => `${status} ${found}`);
  expect(keys(await explain("p1"))).toEqual(["empty 0", "looked-up 0"]);
  const both = await explain("p2");
  expect(keys(both)).toEqual(["looked-up 1", "not-reached 0"]);
  expect(ruleOf(both).match?.why).toBe(
    "There is no link, and exactly one user has the same email.",
  );
  expect(ruleOf(both).end).toMatchObject({ kind: "held", held: { code: "disagrees" } });
  expect(outcomes(ruleOf(both))).toMatchObject({ name: "waits", email: "same", mark: "waits" });
});

test("a record that shares its key is told who the other one is", async () => {
  const { explain } = await office({
    people: [person("p1", ann), person("p2", { ...ann, name: "Ann Li", number: "9" })],
  });
  const explanation = await explain("p1");
  expect(ruleOf(explanation).match?.keys[0]?.sharedWith).toEqual([
    { address: { connection: "office", stream: "people", id: "p2" }, label: "Ann Li" },
  ]);
  expect(shown(explanation)).toContain("also of  Ann Li  office/people/p2");
  expect(explanation.answer).toBe(
    "Ann Lee is held and not written to office/users, because it is not clear which user it is: 2 people without a link have the same email.",
  );
});

test("a create whose answer was lost is told with what was sent", async () => {
  const { world, explain, sync, advance } = await office({
    people: [person("p1", ann)],
    lagMs: 60_000,
  });
  world.fail({ stream: "users", call: "create", kind: "lose-answer" });
  await sync();
  advance(1_000);
  const explanation = await explain("p1");
  const { match, end } = ruleOf(explanation);
  expect(end).toMatchObject({ kind: "held", held: { code: "in-doubt" } });
  expect(match).toMatchObject({ standing: "in-doubt", doubts: [{ kind: "create" }] });
  expect(match?.doubts[0]?.sent).toMatchObject({ email: "ann@x.test", name: "Ann Lee" });
  expect(shown(explanation)).toContain("the answer to this create was lost: not answered yet");
});

test("what was written too lately to be seen is not judged", async () => {
  const { explain, sync, advance } = await office({ people: [person("p1", ann)], lagMs: 60_000 });
  await sync();
  advance(1_000);
  const explanation = await explain("p1");
  expect(ruleOf(explanation).end.kind).toBe("unsettled");
  expect(explanation.answer).toBe(
    "Ann Lee cannot be judged now: office/users may not show yet what was written last.",
  );
});

test("a reading that stopped is told, and what it did not deliver may be there all the same", async () => {
  const { world, explain, sync } = await office({ people: [person("p1", ann)] });
  await sync();
  const stop = () =>
    world.fail({ stream: "people", call: "read", kind: "refuse", problem: outOfOrder });
  stop();
  stop();
  const explanation = await explain("p1");
  expect(explanation.read.status).toBe("unknown");
  expect(explanation.connected).toEqual([
    {
      connection: "office",
      connector: "memory",
      account: world.account,
      answers: false,
      problem: "Out of order.",
    },
  ]);
  expect(shown(explanation)).toContain("not read to the end");
});

test("fields that are kept, filled in, held back or left out say which rule of theirs says so", async () => {
  const { world, explain, sync, open } = await office({
    people: [person("p1", { ...ann, title: null })],
    replace: [
      ["      number: number\n", "      number: { from: number, set: if-empty }\n"],
      ["title: title", "title: { from: title, whenNull: keep }"],
      ["active: active\n", "active: { from: active, drift: keep, when: is_user }\n"],
    ],
  });
  await sync();
  const [made] = world.stream("users").records();
  if (!made) throw new Error("no user was created");
  world.stream("users").put({
    ...made,
    fields: { ...made.fields, number: "0", active: false, title: "Chief", mark: "x" },
  });
  const kept = ruleOf(await explain("p1"));
  expect(outcomes(kept)).toEqual({
    name: "same",
    email: "same",
    number: "kept",
    title: "kept",
    active: "kept",
    mark: "written",
    template: "left-out",
  });
  const why = Object.fromEntries(kept.fields.map((field) => [field.field, field.why]));
  expect(why["number"]).toBe("It is filled in only if it is empty, and it has a value.");
  expect(why["active"]).toBe(
    "Somebody changed it in the target, and the rule leaves that as it is.",
  );
  const ignoring = open((project) =>
    withRules(project, (rule) => ({
      ...rule,
      on: { ...rule.on, linked: "ignore" },
    })),
  );
  const left = ruleOf(await explain("p1", ignoring));
  expect(left.end.kind).toBe("in-step");
  expect(outcomes(left)["mark"]).toBe("kept");
});

type Rule = Project["mappings"][number]["rules"][number];

function withRules(project: Project, edit: (rule: Rule) => Rule): Project {
  const mappings = project.mappings.map((one) => ({ ...one, rules: one.rules.map(edit) }));
  return { ...project, mappings };
}

test("drift that waits for a person holds the record, and the other field waits with it", async () => {
  const { world, explain, sync } = await office({
    people: [person("p1", ann)],
    replace: [["title: title", "title: { from: title, drift: hold }"]],
  });
  await sync();
  const [made] = world.stream("users").records();
  if (!made) throw new Error("no user was created");
  world.stream("users").put({ ...made, fields: { ...made.fields, title: "Chief", mark: "x" } });
  const explanation = await explain("p1");
  const rule = ruleOf(explanation);
  expect(rule.end).toMatchObject({ kind: "held", held: { code: "drift-held" } });
  expect(outcomes(rule)).toMatchObject({ title: "waits", mark: "waits", name: "same" });
  expect(rule.fields.find(({ field }) => field === "title")?.why).toBe(
    "Somebody changed it in the target, and the rule waits for a person.",
  );
});

test("a value that is missing holds the record and is told at its field", async () => {
  const { explain } = await office({
    people: [person("p1", { ...ann, email: null })],
    users: [],
    replace: [["lost: create", "lost: create, keyless: create"]],
  });
  const rule = ruleOf(await explain("p1"));
  expect(rule.end).toMatchObject({ kind: "held", held: { code: "value-missing" } });
  expect(rule.fields.find(({ field }) => field === "email")?.why).toBe(
    "The record cannot be written: email would be empty, and the user needs it.",
  );
});

test("a record that is made anew is looked for like somebody new", async () => {
  const { world, explain, sync } = await office({ people: [person("p1", ann)] });
  await sync();
  for (const { id } of world.stream("users").records()) world.stream("users").remove(id);
  const { match, bringing, end } = ruleOf(await explain("p1"));
  expect(match?.standing).toBe("lost");
  expect(match?.link?.targetLabel).toBeUndefined();
  expect(match?.keys.map(({ status }) => status)).toEqual(["looked-up", "looked-up"]);
  expect(bringing.map(({ what, condition: { holds } }) => [what, holds])).toEqual([
    ["create", true],
    ["link", true],
  ]);
  expect(end).toMatchObject({ kind: "change", changes: [{ kind: "create", situation: "lost" }] });
});

test("a rule that leads back is told of the records that it follows, and of no other", async () => {
  const back = "  back: { direction: users -> people, fields: { title: template } }\nlimits:";
  const { explain, sync } = await office({
    people: [person("p1", ann), person("p2", { ...bo, active: false })],
    users: [user("u9", { name: "Front Desk", email: "desk@x.test" })],
    replace: [["limits:", back]],
  });
  await sync();
  const ann1 = await explain("p1");
  expect(ann1.rules.map(({ rule, subject }) => `${rule} ${subject.stream}`)).toEqual([
    "contacts people",
    "users people",
    "back users",
  ]);
  expect(ann1.answer).toContain(
    "By the rule back, which leads back, Ann Lee will be updated in office/people/p1",
  );
  const bo2 = await explain("p2");
  expect([bo2.kind, bo2.unmanaged]).toEqual(["source", []]);
  const desk = await explain("u9");
  expect([desk.kind, desk.unmanaged.map(({ rule }) => rule)]).toEqual(["target", ["users"]]);
  expect(desk.answer).toBe(
    "Front Desk is in office/users only: no person belongs to it, and syncctl leaves it alone.",
  );
});

test("a guard that stops the plan is told with the change that it stops", async () => {
  const people = ["1", "2", "3", "4"].map((number) =>
    person(`p${number}`, { name: `Ann ${number}`, email: `ann${number}@x.test`, number }),
  );
  const { world, explain, sync } = await office({ people });
  await sync();
  for (const { id, fields } of world.stream("people").records())
    world.stream("people").put({ id, fields: { ...fields, title: "Chief" } });
  const explanation = await explain("p1");
  expect(explanation.stoppedBy.map(({ code }) => code)).toContain("too-many-updates");
  expect(explanation.answer).toMatch(/But a guard stops the plan as a whole\.$/);
  expect(shown(explanation)).toMatch(/stopped +too-many-updates: /);
});

test("a state of another company stands against everything, and nothing is read", async () => {
  const { ask, open } = await office({ people: [person("p1", ann)] });
  const engine = open();
  const message = "The mapping people keeps another company in step.";
  const barred: Engine = {
    ...engine,
    async gather(wanted) {
      const input = await engine.gather(wanted);
      const barrier = { code: "accounts-bound", message } as const;
      const mappings = input.mappings.map((one) => ({ ...one, rules: [], barrier }));
      return { ...input, mappings, readings: new Map() };
    },
  };
  expect(await ask("p1", barred)).toEqual({
    kind: "barred",
    barrier: { code: "accounts-bound", message },
  });
  const input = await barred.gather(options);
  const address = { connection: "office", stream: "people", id: "p1" };
  expect(explainRecord(input, buildPlan(input), address).answer).toBe(
    `Nothing can be told about office/people/p1: ${message}`,
  );
});

test("a rule without a condition takes every record", async () => {
  const { explain } = await office({
    people: [person("p1", ann)],
    replace: [["    when: $not(is_user)\n", ""]],
  });
  const explanation = await explain("p1");
  expect(ruleOf(explanation, "contacts").scope).toEqual({ kind: "in" });
  expect(shown(explanation)).toContain("contacts  yes: the rule takes every person");
});

test("when what expressions look up cannot be read, nothing is decided", async () => {
  const { world, explain } = await office({
    people: [person("p1", ann)],
    replace: [
      [
        "systemOfRecord: people",
        "  kinds: { connection: office, stream: contacts, use: lookup }\nsystemOfRecord: people",
      ],
      ["when: is_user\n", "when: is_user and $count($records('kinds')) >= 0\n"],
    ],
  });
  expect(ruleOf(await explain("p1")).end.kind).toBe("change");
  world.fail({ stream: "contacts", call: "read", kind: "refuse", problem: outOfOrder, times: 2 });
  const explanation = await explain("p1");
  expect(ruleOf(explanation).scope.kind).toBe("unreadable");
  expect(ruleOf(explanation).match).toBeUndefined();
  expect(explanation.answer).toBe(
    "Ann Lee cannot be judged now: office/contacts could not be read to its end, and the expressions look things up there.",
  );
});

test("a variable that came from the environment is not shown", async () => {
  const { explain, open } = await office({
    people: [person("p1", ann)],
    replace: [
      ["systemOfRecord: people", "systemOfRecord: people\nvars: { key: hush-hush-hush }"],
      ["when: is_user\n", "when: is_user and $vars.key = 'x'\n"],
    ],
  });
  const plain = await explain("p1");
  expect(plain.answer).toContain('$vars.key is "hush-hush-hush"');
  const secret = open((project) => ({ ...project, secrets: ["hush-hush-hush"] }));
  const explanation = await explain("p1", secret);
  expect(JSON.stringify(explanation)).not.toContain("hush-hush");
  expect(explanation.answer).toContain('$vars.key is "[redacted]"');
});
