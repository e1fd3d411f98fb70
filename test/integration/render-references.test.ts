import { expect, test } from "vitest";
import { plainPaint, type TextOptions } from "../../cli/render/paint.ts";
import { planHtml } from "../../cli/render/plan-html.ts";
import { planMarkdown } from "../../cli/render/plan-markdown.ts";
import { planText } from "../../cli/render/plan-text.ts";
import type { Change, Plan, RuleSummary } from "../../engine/plan/plan.ts";
import { aPlan } from "../support/plans.ts";

/*
 * A yard sends hours to an office. Whoever has hours and is not known there becomes a contact first, and the hours refer
 * to that contact.
 */

const pipe: TextOptions = { paint: plainPaint, brief: false, timeZone: "UTC" };

const workers = { connection: "yard", stream: "workers" };
const hours = { connection: "yard", stream: "hours" };
const contacts = { connection: "office", stream: "contacts" };
const entries = { connection: "office", stream: "entries" };
const days = { from: "2026-11-08", to: "2026-11-23" };

function ruleOf(parts: Pick<RuleSummary, "mapping" | "rule" | "source" | "target">): RuleSummary {
  return {
    ...parts,
    role: "authoritative",
    digest: "rule-digest",
    at: { file: `mappings/${parts.mapping}.yaml`, line: 12, column: 3 },
    fieldsAt: {},
    inStep: 0,
    unsettled: 0,
    outside: 0,
  };
}

const contactsRule = ruleOf({
  mapping: "worker-contacts",
  rule: "contacts",
  source: workers,
  target: contacts,
});
const entriesRule = ruleOf({
  mapping: "timesheets",
  rule: "entries",
  source: hours,
  target: entries,
});

function newContact(id: string, label: string): Change {
  return {
    kind: "create",
    id: `contact-${id}`,
    mapping: "worker-contacts",
    rule: "contacts",
    situation: "absent",
    reason: "No contact matches.",
    source: { ...workers, id },
    label,
    after: [],
    target: contacts,
    fields: [{ field: "last_name", after: label, why: "new" }],
    precondition: { keys: [] },
    agreed: {},
    whenReferenced: true,
  };
}

function newEntry(id: string, worker: string, label: string): Change {
  return {
    kind: "create",
    id: `entry-${id}`,
    mapping: "timesheets",
    rule: "entries",
    situation: "absent",
    reason: "No entry matches.",
    source: { ...hours, id },
    label: `Hours ${id}`,
    after: [`contact-${worker}`],
    day: "2026-11-20",
    target: entries,
    fields: [
      { field: "party_id", after: null, why: "new", awaits: `contact-${worker}`, label },
      { field: "project_id", after: "77", why: "new", label: "North Pier" },
    ],
    precondition: { keys: [] },
    agreed: {},
  };
}

function hoursPlan(parts: Partial<Plan> = {}): Plan {
  return aPlan({
    readings: [
      { ...hours, records: 40, ended: true, window: days },
      { ...contacts, records: 9, ended: true },
    ],
    rules: [contactsRule, { ...entriesRule, outside: 1_204 }],
    changes: [
      newContact("7", "Ilse Brandvold"),
      newEntry("1", "7", "Ilse Brandvold"),
      newEntry("2", "7", "Ilse Brandvold"),
    ],
    findings: [
      {
        code: "source-gone",
        mapping: "timesheets",
        rule: "entries",
        message: "One linked record is no longer there.",
        records: [{ address: { ...entries, id: "e9" }, label: "Hours of Tom Okafor" }],
      },
      {
        code: "source-left",
        mapping: "timesheets",
        rule: "entries",
        message: "One linked record is taken by no rule any more.",
        records: [{ address: { ...entries, id: "e8" }, label: "Hours of Ana Souza" }],
      },
    ],
    ...parts,
  });
}

const views: readonly (readonly [string, (plan: Plan) => string])[] = [
  ["text", (plan) => planText(plan, pipe)],
  ["Markdown", (plan) => planMarkdown(plan)],
  ["HTML", (plan) => planHtml(plan, { timeZone: "UTC" }).replaceAll("&quot;", '"')],
];

test.each(views)("%s: the name of a record stands beside the id of a reference", (_, view) => {
  expect(view(hoursPlan())).toContain('"77" (North Pier)');
});

test.each(views)(
  "%s: a record that the plan creates is told by its name, not by an id",
  (_, view) => {
    const text = view(hoursPlan());
    expect(text).toContain("Ilse Brandvold, once created in office/contacts");
    expect(text).not.toContain("(empty)");
  },
);

test.each(views)("%s: the days that were read, and what lies outside of them", (_, view) => {
  const text = view(hoursPlan());
  expect(text).toContain("days 2026-11-08 to 2026-11-23");
  expect(text).toContain("1,204 linked records of timesheets / entries lie outside of the days");
  expect(text).toContain("1,204 of other days");
  const without = view(hoursPlan({ readings: [], rules: [contactsRule, entriesRule] }));
  expect(without).not.toMatch(/days|outside/);
});

test.each(views)(
  "%s: pairs whose source left or is gone are listed with their names",
  (_, view) => {
    const text = view(hoursPlan());
    for (const told of [
      "source-gone",
      "Hours of Tom Okafor",
      "source-left",
      "Hours of Ana Souza",
    ]) {
      expect(text).toContain(told);
    }
  },
);

test.each(views)("%s: a create that others need says who needs it", (_, view) => {
  expect(view(hoursPlan())).toMatch(/needed by:? 2 records of office\/entries \(timesheets\)/);
  const alone = hoursPlan({ changes: [newContact("7", "Ilse Brandvold")] });
  expect(view(alone)).not.toContain("needed by");
});

test("the change that is waited for is named with its mapping where that is another one", () => {
  const lines = planText(hoursPlan(), pipe).split("\n");
  expect(lines.filter((line) => line.includes("after:"))).toEqual([
    "      after: create worker-contacts Ilse Brandvold",
    "      after: create worker-contacts Ilse Brandvold",
  ]);
});

test("an update shows the old id, and the new one with its name", () => {
  const update: Change = {
    kind: "update",
    id: "update-3",
    mapping: "timesheets",
    rule: "entries",
    situation: "linked",
    reason: "One field differs.",
    source: { ...hours, id: "3" },
    label: "Hours 3",
    after: [],
    target: { ...entries, id: "e3" },
    fields: [{ field: "project_id", before: "76", after: "77", label: "North Pier", why: "drift" }],
    precondition: { digest: "before" },
    agreed: {},
  };
  expect(planText(hoursPlan({ changes: [update] }), pipe)).toContain(
    'project_id  "76" -> "77" (North Pier)  #',
  );
});

test("findings show a few names on a terminal, and in a pipe every record with its address", () => {
  const records = Array.from({ length: 30 }, (_, index) => ({
    address: { ...entries, id: `e${index}` },
    label: `Hours ${index}`,
  }));
  const finding = {
    code: "source-gone",
    mapping: "timesheets",
    message: "Gone.",
    records,
  } as const;
  const plan = hoursPlan({ findings: [finding] });
  expect(planText(plan, pipe)).toContain("Hours 29 (office/entries/e29)");
  expect(planText(plan, { ...pipe, brief: true })).toContain("Hours 4 and 25 more");
  expect(planMarkdown(plan)).toContain("`Hours 19` and 10 more");
});

test.each(views)(
  "%s: sixty thousand changes that wait for each other are shown in a moment",
  (_, view) => {
    const changes = Array.from({ length: 30_000 }, (_, index) => [
      newContact(`${index}`, `P ${index}`),
      newEntry(`${index}`, `${index}`, `P ${index}`),
    ]).flat();
    expect(view(hoursPlan({ changes }))).toContain("needed by");
  },
);
