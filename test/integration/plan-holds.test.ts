import { expect, test } from "vitest";
import type { Plan } from "../../engine/plan/plan.ts";
import { person, user } from "../support/office.ts";
import { officeOver, startOffice, summary } from "../support/office-run.ts";

/* Records that are not written: each says why, and the others go on. */

const ann = person("p1", { name: "Ann Lee", email: "ann@x.test", number: "1", title: "Welder" });
const bo = person("p2", { name: "Bo Ek", email: "bo@x.test", number: "2", title: "Welder" });

function held(plan: Plan): readonly (readonly [string, string])[] {
  return plan.held.map((one) => [one.code, one.label] as const);
}

test("expression-failed: the record is held with the expression and its place, and the others go on", async () => {
  const replace = [
    [
      "title: title\n      active: active\n      mark: id\n      template",
      "title: $string($number(title) + 1)\n      active: active\n      mark: id\n      template",
    ],
  ] as const;
  const office = await startOffice({
    people: [ann, { ...bo, fields: { ...bo.fields, title: "7" } }],
    replace,
  });
  const plan = await office.sync();
  expect(held(plan)).toEqual([["expression-failed", "Ann Lee"]]);
  expect(plan.held[0]?.reason).toContain("$string($number(title) + 1)");
  expect(plan.held[0]?.reason).toMatch(/people\.yaml:\d+:\d+/);
  expect(summary(plan)).toEqual(["create users Bo Ek"]);
});

test("value-missing: a field that the target needs has no value", async () => {
  const replace = [["- { email: email }\n", ""]] as const;
  const office = await startOffice({
    people: [{ ...ann, fields: { ...ann.fields, email: null } }, bo],
    replace,
  });
  const plan = await office.sync();
  expect(held(plan)).toEqual([["value-missing", "Ann Lee"]]);
  expect(plan.held[0]?.reason).toContain("email would be empty, and the user needs it");
});

test("value-missing: `whenNull: hold` holds, `keep` leaves the target alone, `clear` empties it", async () => {
  const world = { people: [ann] };
  for (const [whenNull, outcome] of [
    ["hold", "held"],
    ["keep", "Welder"],
    ["clear", null],
  ] as const) {
    const replace = [
      [
        "title: title\n      active: active\n      mark: id\n      template",
        `title: { from: title, whenNull: ${whenNull} }\n      active: active\n      mark: id\n      template`,
      ],
    ] as const;
    const office = await startOffice({ ...world, replace });
    await office.sync();
    office.clock.advance(60_000);
    office.world.stream("people").put({ ...ann, fields: { ...ann.fields, title: null } });
    const plan = await office.sync();
    const [target] = office.world.stream("users").records();
    if (outcome === "held") expect(held(plan)).toEqual([["value-missing", "Ann Lee"]]);
    else expect(target?.fields["title"]).toBe(outcome);
  }
});

test("value-unfit: a value that the target's field cannot hold", async () => {
  const office = await startOffice({
    people: [{ ...ann, fields: { ...ann.fields, email: "not an address" } }, bo],
  });
  const plan = await office.sync();
  expect(held(plan)).toEqual([["value-unfit", "Ann Lee"]]);
  expect(plan.held[0]?.reason).toContain("does not have the shape of an e-mail address");
  expect(summary(plan)).toEqual(["create users Bo Ek"]);
});

test("drift-held: somebody changed the target and the rule waits; `keep` accepts the change until the source moves", async () => {
  const drifted = async (drift: string) => {
    const replace = [
      [
        "title: title\n      active: active\n      mark: id\n      template",
        `title: { from: title, drift: ${drift} }\n      active: active\n      mark: id\n      template`,
      ],
    ] as const;
    const office = await startOffice({ people: [ann], replace });
    await office.sync();
    office.clock.advance(60_000);
    const [target] = office.world.stream("users").records();
    if (target)
      office.world.stream("users").put({ ...target, fields: { ...target.fields, title: "Boss" } });
    return office;
  };
  const waiting = await drifted("hold");
  expect(held(await waiting.plan())).toEqual([["drift-held", "Ann Lee"]]);
  const kept = await drifted("keep");
  expect((await kept.plan()).changes).toEqual([]);
  kept.world.stream("people").put({ ...ann, fields: { ...ann.fields, title: "Foreman" } });
  await kept.sync();
  expect(kept.world.stream("users").records()[0]?.fields["title"]).toBe("Foreman");
});

test("held-by-rule and ignored: a rule that holds or ignores records without a counterpart", async () => {
  const holding = await startOffice({
    people: [ann],
    replace: [["on: { found: link,", "on: { absent: hold, found: link,"]],
  });
  expect(held(await holding.plan())).toEqual([["held-by-rule", "Ann Lee"]]);
  const ignoring = await startOffice({
    people: [ann],
    replace: [["on: { found: link,", "on: { absent: ignore, found: link,"]],
  });
  const plan = await ignoring.plan();
  expect(plan.held).toEqual([]);
  expect(plan.passedOver.map((group) => group.code)).toEqual(["ignored"]);
});

test("ignored: a rule that leaves records alone whose source has left", async () => {
  const office = await startOffice({ people: [ann], replace: [["left: retire", "left: ignore"]] });
  await office.sync();
  office.clock.advance(60_000);
  office.world
    .stream("people")
    .put({ ...ann, fields: { ...ann.fields, is_user: false, active: false } });
  const plan = await office.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.passedOver.map((group) => group.code)).toContain("ignored");
});

test("lost: the linked target is gone; the default is to hold", async () => {
  const office = await startOffice({ people: [ann], replace: [["lost: create", "lost: hold"]] });
  await office.sync();
  office.clock.advance(60_000);
  office.world.stream("users").remove(office.world.stream("users").records()[0]?.id ?? "");
  expect(held(await office.plan())).toEqual([["lost", "Ann Lee"]]);
});

test("unmanaged target records are left alone and never written", async () => {
  const office = await startOffice({
    people: [ann],
    users: [user("u9", { name: "Zoe", email: "zoe@x.test", number: "9" })],
  });
  await office.sync();
  expect(
    office.world
      .stream("users")
      .records()
      .find((record) => record.id === "u9")?.fields["title"],
  ).toBeNull();
});

test("reading-stopped: what was read on both sides is planned; nothing is created, linked or taken as gone", async () => {
  const office = await startOffice({ people: [ann, bo] });
  await office.sync();
  office.clock.advance(60_000);
  office.world.stream("people").put({ ...ann, fields: { ...ann.fields, title: "Foreman" } });
  office.world
    .stream("people")
    .put(person("p3", { name: "Cy Ott", email: "cy@x.test", number: "3" }));
  office.world
    .stream("people")
    .put(person("p4", { name: "Di Roe", email: "di@x.test", number: "4" }));
  office.world.stream("people").remove("p2");
  office.world.fail({ stream: "people", call: "read", kind: "lose-answer", after: 1 });
  const plan = await office.plan();
  expect(plan.findings.map((finding) => finding.code)).toContain("reading-stopped");
  expect(plan.changes.every((change) => change.kind === "update")).toBe(true);
  expect(plan.rules.find((rule) => rule.rule === "users")?.unsettled).toBeGreaterThan(0);
});

test("the mapping was edited: the plan says so for each field that changes because of it", async () => {
  const office = await startOffice({ people: [ann] });
  await office.sync();
  office.clock.advance(60_000);
  const edited = await officeOver(office.world, {
    ...office,
    replace: [["title: title", "title: $uppercase(title)"]],
  });
  const plan = await edited.plan();
  expect(plan.changes.flatMap((change) => ("fields" in change ? change.fields : []))).toMatchObject(
    [{ field: "title", before: "Welder", after: "WELDER", why: "mapping-changed" }],
  );
});

test("feedback: a rule from the target's side updates linked records only, and only what no other rule writes", async () => {
  const feedback = `
  titles:
    direction: users -> people
    fields:
      title: title
limits:`;
  const replace = [
    ["\nlimits:", feedback],
    [
      "title: title\n      active: active\n      mark: id\n      template",
      "active: active\n      mark: id\n      template",
    ],
  ] as const;
  const office = await startOffice({
    people: [ann, bo],
    users: [user("u9", { name: "Zoe", email: "zoe@x.test", title: "Chief" })],
    replace,
  });
  await office.sync();
  office.clock.advance(60_000);
  const [target] = office.world
    .stream("users")
    .records()
    .filter((record) => record.fields["name"] === "Ann Lee");
  if (target)
    office.world.stream("users").put({ ...target, fields: { ...target.fields, title: "Foreman" } });
  await office.sync();
  office.clock.advance(60_000);
  expect(
    office.world
      .stream("people")
      .records()
      .map((record) => record.fields["title"]),
  ).toEqual(["Foreman", null]);
  expect(office.world.stream("people").records()).toHaveLength(2);
  expect((await office.plan()).changes).toEqual([]);
});

test("unmanaged: a rule that asks for it lists target records that nothing in the source belongs to", async () => {
  const users = [
    user("u8", { name: "Zoe", email: "zoe@x.test", number: "8" }),
    user("u9", { name: "Ann Other", email: "ann@x.test", number: "9" }),
  ];
  const replace = [["on: { found: link,", "on: { unmanaged: report, found: link,"]] as const;
  const office = await startOffice({ people: [ann], users, replace });
  const plan = await office.plan();
  const [finding] = plan.findings.filter((one) => one.code === "unmanaged");
  expect(finding?.message).toBe("One user has no person.");
  expect(finding?.records.map((record) => record.label)).toEqual(["Zoe"]);
});

test("a default takes the place of blank text as well as of nothing", async () => {
  const replace = [
    [
      "title: title\n      active: active\n      mark: id\n      template",
      "title: { from: title, default: Crew }\n      active: active\n      mark: id\n      template",
    ],
  ] as const;
  const blank = { ...ann, fields: { ...ann.fields, title: "  " } };
  const office = await startOffice({ people: [blank], replace });
  await office.sync();
  expect(office.world.stream("users").records()[0]?.fields["title"]).toBe("Crew");
});

test("a record that is gone and that the rule leaves alone is not asked for run after run", async () => {
  const office = await startOffice({ people: [ann], replace: [["gone: retire", "gone: ignore"]] });
  await office.sync();
  office.clock.advance(60_000);
  office.world.stream("people").remove("p1");
  const problem = {
    code: "unreachable",
    message: "Asked.",
    retry: "later",
    applied: "no",
  } as const;
  office.world.fail({ stream: "people", call: "get", kind: "refuse", problem });
  const plan = await office.plan();
  expect(plan.findings).toEqual([]);
  expect(plan.passedOver.map((group) => group.code)).toEqual(["ignored"]);
});
