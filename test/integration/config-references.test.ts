import { describe, expect, test } from "vitest";
import type { Mapping, Rule } from "../../engine/mapping/mapping.ts";
import { diagnosticsOf } from "../support/config-broken.ts";
import { type ExampleOptions, exampleProject, loadExample } from "../support/config-example.ts";

/* Mappings that go through each other, streams that are read by days, and preferred targets, as they are loaded. */

const hands = `mapping: hands
sources:
  people: { connection: wfp, stream: people }
  contacts: { connection: procore, stream: contacts }
systemOfRecord: people
rules:
  contacts:
    direction: people -> contacts
    match: [{ employee_id: employee_number }]
    prefer: { is_active: true, is_employee: true }
    fields:
      last_name: { from: last_name, set: on-create }
    create: { when: status = 'active', whenReferenced: true }
    on: { found: link, left: report, gone: report }
limits: { create: 200% }
`;

const hours = `mapping: hours
sources:
  shifts: { connection: wfp, stream: shifts, window: { days: 14 } }
  timecards: { connection: procore, stream: timecards, window: { days: 14 } }
  groups: { connection: wfp, stream: groups, use: lookup }
systemOfRecord: shifts
rules:
  timecards:
    direction: shifts -> timecards
    match: [{ date: day, hours: hours }]
    agree: [contact_id]
    fields:
      date: day
      contact_id: { from: person_id, through: hands, required: true }
      user_id:
        from: "$find('groups', { 'id': group_id, 'name': 'Crew' }).head_id"
        through: people
  approvals:
    direction: timecards -> shifts
    fields:
      approved: approved
      person_id: { from: contact_id, through: hands }
`;

const files = { "mappings/hands.yaml": hands, "mappings/hours.yaml": hours };

/** With the mapping of people, which ties people to users and to contacts. */
function load(edits: Readonly<Record<string, string>> = {}, options: ExampleOptions = {}) {
  const [one, other] = Object.values(files).map((text) =>
    Object.entries(edits).reduce((before, [from, to]) => before.replace(from, () => to), text),
  );
  const edited = { "mappings/hands.yaml": one ?? "", "mappings/hours.yaml": other ?? "" };
  return exampleProject({ files: edited, ...options });
}

async function mappingOf(name: string, edits: Readonly<Record<string, string>> = {}) {
  const mapping = (await load(edits)).mappings.find((one) => one.name === name);
  if (!mapping) throw new Error(`there is no mapping ${name}`);
  return mapping;
}

function ruleOf({ rules }: Mapping): Rule {
  const [rule] = rules;
  if (!rule) throw new Error("the mapping has no rule");
  return rule;
}

describe("a project whose mappings go through each other", () => {
  test("loads without a word, in whichever direction the rules lead", async () => {
    expect((await load()).warnings).toEqual([]);
    const turned = { "direction: people -> contacts": "direction: contacts -> people" };
    const back = {
      ...turned,
      "systemOfRecord: people": "systemOfRecord: contacts",
      "employee_id: employee_number": "employee_number: employee_id",
      "{ is_active: true, is_employee: true }":
        "{ status: active, created_at: 2026-11-22T00:00:00Z }",
      "last_name: { from: last_name, set: on-create }":
        "first_name: { from: first_name, set: on-create }\n      last_name: last_name",
      "create: { when: status = 'active', whenReferenced: true }": "create: { when: is_active }",
    };
    const { warnings, mappings } = await load(back);
    expect(warnings).toEqual([]);
    expect(mappings.map(({ name }) => name)).toEqual(["hands", "hours", "people"]);
  });

  test("says of each field what it goes through", async () => {
    const mapping = await mappingOf("hours");
    const through = mapping.rules.map(({ role, fields }) => [
      role,
      fields.map((field) => [field.field, field.through]),
    ]);
    expect(through).toEqual([
      [
        "authoritative",
        [
          ["date", undefined],
          ["contact_id", "hands"],
          ["user_id", "people"],
        ],
      ],
      [
        "feedback",
        [
          ["approved", undefined],
          ["person_id", "hands"],
        ],
      ],
    ]);
  });

  test("says who is created when, and which targets are preferred", async () => {
    const mapping = await mappingOf("hands");
    expect(ruleOf(mapping)).toMatchObject({
      createWhen: { source: "status = 'active'" },
      whenReferenced: true,
      prefer: { is_active: true, is_employee: true },
      on: { left: "report", gone: "report" },
    });
    expect(mapping.limits.create).toBe(2);
    const other = ruleOf(await mappingOf("people"));
    expect(other.whenReferenced).toBe(false);
    expect(other.prefer).toBeUndefined();
  });

  test("`whenReferenced: false` says nothing", async () => {
    const plain = await mappingOf("hands", { ", whenReferenced: true": ", whenReferenced: false" });
    const without = await mappingOf("hands", { ", whenReferenced: true": "" });
    expect(ruleOf(plain).whenReferenced).toBe(false);
    expect(plain.digest).toBe(without.digest);
  });

  test("without `through`, an id of another system is a mistake", async () => {
    const result = await loadExample({
      files: {
        ...files,
        "mappings/hours.yaml": hours.replace(", through: hands, required", ", required"),
      },
    });
    expect(diagnosticsOf(result)).toMatchObject([
      { code: "type-mismatch", at: { file: "mappings/hours.yaml", line: 14, column: 27 } },
    ]);
  });

  test("a circle is shown with everything that is on it", async () => {
    const circle = {
      "mappings/a.yaml": circleOf("a", "b"),
      "mappings/b.yaml": circleOf("b", "c"),
      "mappings/c.yaml": circleOf("c", "b"),
    };
    const diagnostics = diagnosticsOf(await loadExample({ files: circle }));
    const circles = diagnostics.filter(({ code }) => code === "through-cycle");
    expect(circles.map(({ message, at }) => [at?.file, message])).toEqual([
      ["mappings/b.yaml", "Mappings go through each other in a circle: b -> c -> b."],
    ]);
  });
});

/** A mapping of groups whose heads go through another one. */
function circleOf(name: string, through: string): string {
  return `mapping: ${name}
sources:
  groups: { connection: wfp, stream: groups }
  departments: { connection: procore, stream: departments }
systemOfRecord: groups
rules:
  departments:
    direction: groups -> departments
    match: [{ name: name }]
    fields:
      head_id: { from: head_id, through: ${through} }
`;
}

describe("streams that are read by days", () => {
  test("know how many", async () => {
    const { sources } = await mappingOf("hours");
    expect(sources.map(({ name, window }) => [name, window])).toEqual([
      ["shifts", { days: 14 }],
      ["timecards", { days: 14 }],
      ["groups", undefined],
    ]);
  });

  test("take the number from the environment", async () => {
    const days = '{ days: "${DAYS:-7}" }';
    const edits = {
      "shifts, window: { days: 14 }": `shifts, window: ${days}`,
      "timecards, window: { days: 14 }": `timecards, window: ${days}`,
    };
    const windowsOf = async (env: Readonly<Record<string, string>>) => {
      const { mappings } = await load(edits, { env });
      return mappings.flatMap(({ sources }) => sources.flatMap(({ window }) => window ?? []));
    };
    expect(await windowsOf({})).toEqual([{ days: 7 }, { days: 7 }]);
    expect(await windowsOf({ DAYS: "31" })).toEqual([{ days: 31 }, { days: 31 }]);
  });
});

describe("the digest of a mapping", () => {
  const moved: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    [
      "hours",
      "what a field goes through",
      {
        "person_id, through: hands": "person_id, through: others",
        "contact_id, through: hands": "contact_id, through: others",
        "mapping: hands": "mapping: others",
      },
    ],
    ["hands", "a preferred value", { "is_active: true": "is_active: false" }],
    ["hands", "when somebody is created", { ", whenReferenced: true": "" }],
    [
      "hours",
      "the days",
      {
        "shifts, window: { days: 14": "shifts, window: { days: 15",
        "timecards, window: { days: 14": "timecards, window: { days: 15",
      },
    ],
  ];
  test.each(moved)("of %s moves for %s", async (name, _what, edits) => {
    const [before, after] = [await mappingOf(name), await mappingOf(name, edits)];
    expect(after.digest).not.toBe(before.digest);
  });
});
