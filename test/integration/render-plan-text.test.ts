import { expect, test } from "vitest";
import { paintFor, plainPaint, type TextOptions } from "../../cli/render/paint.ts";
import { planText } from "../../cli/render/plan-text.ts";
import { aCreate, aHeld, anUpdate, aPlan, drifted, fullPlan, person } from "../support/plans.ts";

const pipe: TextOptions = { paint: plainPaint, brief: false, timeZone: "UTC" };
const screen: TextOptions = { ...pipe, brief: true };

test("every change shows its sign, both records, the reason, and per field the values, the why and the line", () => {
  const text = planText(fullPlan(), pipe);
  expect(text).toContain("+ create Mina Farrow  hr/people/9b -> office/users\n");
  expect(text).toContain("- retire Mina Farrow  hr/people/9 -> office/users/u9\n");
  expect(text).toContain(
    "> link Ilse Brandvold = Ilse M. Brandvold  hr/people/4 = office/users/u4",
  );
  expect(text).toContain("< unlink Ana Souza");
  expect(text).toContain("x delete Old Crane");
  expect(text).toContain("after: retire Mina Farrow");
  expect(text).toContain(
    'phone  "(206) 555-0199" -> "(206) 555-0142"  # somebody changed the target (agreed: "(206) 555-0142"), mappings/people.yaml:48:7',
  );
});

test("a held record shows its reason, what to do, and the candidates with what speaks against them", () => {
  const text = planText(aPlan({ held: [aHeld("7", "Jonas Weber")] }), pipe);
  expect(text).toMatch(/disagrees {2}Jonas Weber .*mappings\/people\.yaml:40:3/);
  expect(text).toContain("why    The one record with the same e-mail address differs");
  expect(text).toContain("to do  Make the fields equal");
  expect(text).toContain("could be  Jonas Weber  office/users/u77");
  expect(text).toContain("is_employee: true in the source, false in the target");
  expect(text).toContain("Nothing to do, apart from the records that are held.");
});

test("what was passed over and found is counted, with its reason and its line", () => {
  const text = planText(fullPlan(), pipe);
  expect(text).toContain("1  The person is inactive and has no link.  mappings/people.yaml:55");
  expect(text).toContain("Rolf Aker (11)");
  expect(text).toContain("unmanaged  Two users belong to nobody.");
  expect(text).toContain("Petra Lundt  office/users/u77, linked to hr/people/2 already");
});

test("the last lines add everything up", () => {
  const text = planText(fullPlan(), pipe);
  expect(text).toContain(
    "Plan: 1 to create, 1 to link, 1 to update, 1 to retire, 1 to unlink, 1 to delete; 1 held, 1 passed over, 12 in step.",
  );
  expect(text).toContain("Applying takes about 9 API calls: 9 to office.");
});

test("a guard that refuses the plan comes before everything else", () => {
  const guard = {
    code: "too-many-retires",
    mapping: "people",
    message:
      "14 of 40 linked records are retired. If that is right, add --allow people:too-many-retires",
    allow: "people:too-many-retires",
    allowed: false,
  } as const;
  const text = planText({ ...fullPlan(), guards: [guard] }, pipe);
  expect(text.split("\n")[3]).toContain("refused  people: 14 of 40");
  expect(text).toContain("Refused: this plan is larger than its limits allow.");
  const allowed = planText({ ...fullPlan(), guards: [{ ...guard, allowed: true }] }, pipe);
  expect(allowed).toContain("let through  people: 14 of 40");
  expect(allowed).not.toContain("Refused");
});

test("a reading that stopped is named with its reason", () => {
  const readings = [{ ...person("1"), records: 7, ended: false, problem: "The answer was cut." }];
  const text = planText(aPlan({ readings }), pipe);
  expect(text).toContain("hr/people  7 records  not read to the end: The answer was cut.");
  expect(text).toContain("Incomplete: not everything could be read.");
});

test("an empty plan says so in one line", () => {
  expect(planText(aPlan(), pipe)).toContain("Nothing to do: everything is in step.");
});

test("a part of a plan says what was left out", () => {
  const selection = { only: ["rule=users"], exclude: ["kind=retire"], leftOut: 3 };
  expect(planText(aPlan({ selection }), pipe)).toContain(
    "A part of the plan (--only rule=users --exclude kind=retire): 3 changes left out.",
  );
});

test("a long plan is whole in a pipe, and on a terminal similar changes are counted", () => {
  const changes = Array.from({ length: 500 }, (_, index) => aCreate(`${index}`, `Person ${index}`));
  const held = Array.from({ length: 100 }, (_, index) => aHeld(`h${index}`, `Held ${index}`));
  const plan = aPlan({ changes: [...changes, anUpdate("3", "Tom Okafor", [drifted])], held });
  const whole = planText(plan, pipe);
  expect(whole.match(/\+ create/g)).toHaveLength(500);
  expect(whole.match(/ {2}disagrees/g)).toHaveLength(100);
  const brief = planText(plan, screen);
  expect(brief.match(/\+ create/g)).toHaveLength(8);
  expect(brief).toContain("and 492 more like these; --all shows every one");
  expect(brief).toContain("and 80 more; --all shows every one");
  expect(brief).toContain("~ update Tom Okafor");
});

test("names from outside cannot move the cursor, turn the line around or fake another line", () => {
  const name = "Eve\u001b[2J\u202egro.kcatta\u0007\n+ create Nobody";
  const text = planText(
    aPlan({ changes: [aCreate("1", name)], held: [aHeld("2", name, { reason: `${name}.` })] }),
    pipe,
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e]/);
  expect(text).not.toMatch(/^\s*\+ create Nobody/m);
  expect(text).toContain("Eve\\u001b[2J\\u202egro.kcatta\\u0007\\n+ create Nobody");
});

test("a value in quotes can be told from one that only looks like it", () => {
  const field = { ...drifted, before: 'a" -> "b', after: null };
  expect(planText(aPlan({ changes: [anUpdate("1", "x", [field])] }), pipe)).toContain(
    '"a\\" -> \\"b" -> (empty)',
  );
});

test("a very long value is cut on a terminal and whole in a pipe", () => {
  const name = "ö".repeat(10_000);
  const plan = aPlan({ changes: [aCreate("1", name)] });
  expect(planText(plan, pipe)).toContain(name);
  expect(planText(plan, screen)).toContain(`${"ö".repeat(80)}…`);
  expect(planText(plan, screen)).not.toContain("ö".repeat(81));
});

test("colour needs a terminal", () => {
  const notATerminal = paintFor(Object.assign(Object.create(process.stdout), { isTTY: false }));
  expect(planText(fullPlan(), { ...pipe, paint: notATerminal })).toBe(planText(fullPlan(), pipe));
  const painted = planText(fullPlan(), { ...pipe, paint: (style, text) => `<${style}>${text}` });
  expect(painted).toContain("<green>+ create");
});
