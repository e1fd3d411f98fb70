import { describe, expect, test } from "vitest";
import type { PlanInput } from "../../engine/plan/input.ts";
import { auditOf, auditOffice, findingLines } from "../support/audit-office.ts";
import { contact, person, user } from "../support/office.ts";

/* What an audit finds in an office in memory: users match by e-mail, or by number and name; contacts by number. */

const ann = { name: "Ann Lee", email: "ann@x.example", number: "10482" };
const annUser = user("u1", { ...ann, mark: "p1" });

describe("duplicate keys", () => {
  test("two people with one e-mail, whatever its spelling, are told with both records", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann), person("p2", { name: "Bo Ek", email: "ANN@x.example" })],
    });
    const [finding] = made.findings;
    expect(finding?.code).toBe("duplicate-key");
    expect(finding?.severity).toBe("high");
    expect(finding?.message).toBe('2 people have the same email "ann@x.example".');
    expect(finding?.records.map(({ address }) => address.id)).toEqual(["p1", "p2"]);
    expect(made.rules.find(({ rule }) => rule === "users")?.needPerson).toBe(2);
  });

  test("somebody who shares the key of a record that is linked is told too", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann)],
      users: [annUser],
      link: true,
      afterwards: (world) => {
        world.stream("people").put(person("p2", { ...ann, name: "Ann Again" }));
      },
    });
    const [finding] = made.findings;
    expect(finding?.code).toBe("duplicate-key");
    expect(finding?.records.map(({ label, linkedTo }) => [label, linkedTo?.id])).toEqual([
      ["Ann Lee", "u1"],
      ["Ann Again", undefined],
    ]);
  });

  test("two contacts with one number are told with whom they keep waiting", async () => {
    const { made } = await auditOffice({
      people: [person("p1", { name: "Cy Ott", number: "77", is_user: false })],
      contacts: [
        contact("c1", { name: "Cy Ott", number: "77" }),
        contact("c2", { name: "Cyrus Ott", number: " 77 " }),
      ],
    });
    expect(findingLines(made)).toEqual(["duplicate-key Cy Ott, Cyrus Ott, Cy Ott"]);
    expect(made.findings[0]?.message).toBe(
      '2 contacts have the same number "77". Cy Ott cannot be matched because of it.',
    );
  });

  test("target records that share a key which nobody in the source has are only to know", async () => {
    const { made } = await auditOffice({
      people: [],
      contacts: [
        contact("c1", { name: "A", number: "9" }),
        contact("c2", { name: "B", number: "9" }),
      ],
    });
    expect(made.findings[0]?.code).toBe("duplicate-key");
    expect(made.findings[0]?.severity).toBe("low");
    expect(made.findings[0]?.message).toContain("No person has it");
  });

  test("a number that only contacts are matched by must not be given to two users either", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann)],
      users: [annUser, user("u2", { name: "Anna Lee", email: "anna@x.example", number: "10482" })],
    });
    expect(findingLines(made)[0]).toBe("duplicate-identifier Ann Lee, Anna Lee");
    expect(made.findings[0]?.code).toBe("duplicate-identifier");
    expect(made.findings[0]?.severity).toBe("high");
  });

  test("who left and came back has a retired record beside the new one, and that is no duplicate", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann)],
      users: [
        annUser,
        user("u2", { name: "Anna Lee", email: "anna@x.example", number: "10482", active: false }),
      ],
    });
    expect(findingLines(made)).not.toContain("duplicate-identifier Ann Lee, Anna Lee");
  });

  test("one number in two rules is one number given twice", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann), person("p2", { name: "Bo Ek", number: "10482", is_user: false })],
    });
    expect(findingLines(made)[0]).toBe("duplicate-key Ann Lee, Bo Ek");
  });

  test("people who are not brought in stand in nobody's way", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann), person("p2", { ...ann, name: "Old", active: false })],
      users: [annUser],
    });
    expect(made.findings.filter(({ code }) => code === "duplicate-key")).toEqual([]);
    expect(made.rules.find(({ rule }) => rule === "users")?.leftOut).toBe(1);
  });
});

describe("pairs that a key has found", () => {
  test("that disagree are told with both values", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann)],
      users: [user("u1", { ...ann, name: "Ann Leigh" })],
    });
    const [finding] = made.findings;
    expect(finding?.code).toBe("disagrees");
    expect(finding?.candidates[0]?.values).toEqual([
      { field: "name", source: "Ann Lee", target: "Ann Leigh" },
    ]);
    expect(finding?.todo).toContain("`syncctl link add office/people/p1 office/users/u1 --why");
  });

  test("when two people have each other's number, the right counterpart is told beside the wrong one", async () => {
    const crew = (id: string, name: string, number: string) =>
      person(id, { name, number, is_user: false });
    const { made } = await auditOffice({
      people: [crew("p1", "Ann Lee", "10482"), crew("p2", "Bo Ekström", "10428")],
      contacts: [
        contact("c1", { name: "Ann Lee", number: "10428" }),
        contact("c2", { name: "Bo Ekström", number: "10482" }),
      ],
    });
    const finding = made.findings.find(({ records }) => records[0]?.label === "Ann Lee");
    expect(finding?.code).toBe("disagrees");
    expect(finding?.candidates.map(({ by, label }) => `${by} ${label}`)).toEqual([
      "key Bo Ekström",
      "likeness Ann Lee",
    ]);
  });

  test("that belong to another record are not clear", async () => {
    const { made } = await auditOffice({
      people: [person("p1", ann)],
      users: [annUser],
      link: true,
      afterwards: (world) => {
        world.stream("people").put(person("p1", { ...ann, email: "ann.new@x.example" }));
        world.stream("people").put(person("p2", { name: "Tina Lee", email: "ann@x.example" }));
      },
    });
    const finding = made.findings.find(({ code }) => code === "ambiguous");
    expect(finding?.severity).toBe("high");
    expect(finding?.candidates[0]?.linkedTo?.id).toBe("p1");
  });
});

describe("near misses", () => {
  test("say what speaks for the two being one and what against it, and linked records take no part", async () => {
    const { made } = await auditOffice({
      people: [
        person("p1", ann),
        person("p2", { name: "Bob Lindqvist", email: "bob@x.example", number: "20391" }),
      ],
      users: [
        annUser,
        user("u2", { name: "Robert Lindqvist", email: "r.lindqvist@x.example", number: "20319" }),
      ],
      link: true,
    });
    expect(findingLines(made)).toEqual(["near-miss Bob Lindqvist"]);
    const [candidate] = made.findings[0]?.candidates ?? [];
    expect(candidate?.speaksFor).toEqual([
      'nearly the same name: "Bob" and "Robert" are forms of one name',
      "number 20391 and 20319: two digits are swapped",
    ]);
    expect(candidate?.speaksAgainst).toEqual([
      "other e-mail: bob@x.example and r.lindqvist@x.example",
    ]);
    expect(candidate?.score).toBeGreaterThan(60);
    expect(candidate?.score).toBeLessThanOrEqual(100);
  });

  test("see who is in the other list of the target", async () => {
    const { made } = await auditOffice({
      people: [person("p1", { name: "Cy Ott", number: "77210", is_user: false })],
      users: [user("u1", { name: "Cy Ott", number: "77210", email: "cy@x.example" })],
    });
    expect(findingLines(made)).toEqual(["near-miss Cy Ott"]);
    expect(made.findings[0]?.candidates[0]?.speaksAgainst).toContain(
      "it is a user, and the rule contacts looks for a contact",
    );
  });

  test("a word that must agree is no number: people of one trade are not near each other", async () => {
    const { made } = await auditOffice({
      people: [person("p1", { ...ann, title: "Foreman" })],
      users: [user("u1", { name: "Gus Hale", email: "gus@x.example", title: "Foreman" })],
      replace: [["agree: [name]", "agree: [name, title]"]],
    });
    expect(findingLines(made)).toEqual(["only-in-source Ann Lee", "unmanaged Gus Hale"]);
  });

  test("a number that must agree tells people apart like a key", async () => {
    const { made } = await auditOffice({
      people: [person("p1", { ...ann, name: "Ann Marsh", title: "20391" })],
      users: [user("u1", { name: "Gus Hale", email: "gus@x.example", title: "20391" })],
      replace: [["agree: [name]", "agree: [name, title]"]],
    });
    expect(findingLines(made)).toEqual(["near-miss Ann Marsh"]);
  });

  test("help those who have no key at all", async () => {
    const { made } = await auditOffice({
      people: [person("p1", { name: "Cy Ott", is_user: false })],
      contacts: [contact("c1", { name: "Cy Ott", number: "77210" })],
    });
    expect(findingLines(made)).toEqual(["near-miss Cy Ott"]);
    expect(made.findings[0]?.message).toContain("number is empty");
  });

  test("that are too many to compare are said to be so", async () => {
    const many = Array.from({ length: 230 }, (_nothing, at) =>
      user(`u${at}`, { name: "Ana Luz", email: `ana${at}@x.example` }),
    );
    const { made } = await auditOffice({
      people: [person("p1", { name: "Ana Luz", email: "luz@x.example" })],
      users: many,
    });
    const cut = made.findings.filter(({ code }) => code === "search-cut");
    expect(cut.map(({ message }) => message)).toEqual([
      '230 users share a name like "Ana Luz"; only the first 200 were compared with 1 person.',
    ]);
    expect(cut[0]?.severity).toBe("medium");
  });
});

describe("the rest of the list", () => {
  test("tells who has no key, whose values do not fit, who is on one side only", async () => {
    const { made } = await auditOffice({
      people: [
        person("p1", { name: "Dee Roe", is_user: false }),
        person("p2", { name: "Eve Orr", email: "no address" }),
        person("p3", { name: "Flo Ash", email: "flo@x.example" }),
      ],
      users: [user("u9", { name: "Gus Hale", email: "gus@x.example" })],
    });
    expect(findingLines(made)).toEqual([
      "keyless Dee Roe",
      "value-unfit Eve Orr",
      "only-in-source Flo Ash",
      "unmanaged Gus Hale",
    ]);
    expect(made.findings.map(({ severity }) => severity)).toEqual([
      "medium",
      "medium",
      "low",
      "low",
    ]);
  });

  test("counts the fields that the first sync changes, for who will be linked and who is", async () => {
    const people = [
      person("p1", { ...ann, title: "Foreman" }),
      person("p2", { name: "Bo Ek", email: "bo@x.example", title: "Welder" }),
    ];
    const users = [
      user("u1", { ...ann, title: "Helper", mark: "p1", template: "standard" }),
      user("u2", { name: "Bo Ek", email: "bo@x.example", mark: "p2", template: "standard" }),
    ];
    const before = await auditOffice({ people, users, replace: [["found: link", "found: hold"]] });
    expect(before.made.fields.map(({ field, records }) => [field, records])).toEqual([
      ["title", 2],
    ]);
    expect(before.made.fields[0]?.examples[0]).toEqual({
      label: "Ann Lee",
      before: "Helper",
      after: "Foreman",
    });
    expect(findingLines(before.made)).toEqual([
      "first-change Ann Lee, Ann Lee",
      "first-change Bo Ek, Bo Ek",
    ]);
    const after = await auditOffice({ people, users, link: true });
    expect(after.made.fields).toEqual(before.made.fields);
    expect(after.made.rules.map(({ linked, willLink }) => [linked, willLink])).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });
});

test("what could not be read to its end makes the audit incomplete, and nothing is concluded from it", async () => {
  const { input } = await auditOffice({
    people: [person("p1", ann), person("p2", ann)],
    users: [],
  });
  const problem = {
    code: "unreachable",
    message: "The office does not answer.",
    transient: true,
  } as const;
  const readings = new Map(
    [...input.readings].map(([name, reading]) => [
      name,
      name === "office/users" ? { ...reading, ended: false, problem } : reading,
    ]),
  );
  const made = auditOf({ ...input, readings } as PlanInput);
  expect(made.complete).toBe(false);
  expect(findingLines(made)).toEqual(["reading-stopped", "duplicate-key Ann Lee, Ann Lee"]);
});

test("a mapping that is barred is told, and looked at no further", async () => {
  const { input } = await auditOffice({ people: [person("p1", ann)] });
  const barrier = { code: "accounts-bound", message: "Other accounts." } as const;
  const mappings = input.mappings.map((mapping) => ({ ...mapping, barrier, rules: [] }));
  const made = auditOf({ ...input, mappings, readings: new Map() });
  expect(made.complete).toBe(false);
  expect(made.findings.map(({ code }) => code)).toEqual(["accounts-bound"]);
});
