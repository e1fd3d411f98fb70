import { describe, expect, test } from "vitest";
import { compareRecords } from "../../server/dashboard/source/pages/held/comparison.ts";
import {
  decisionWords,
  ignoringIsIdle,
  todoText,
} from "../../server/dashboard/source/pages/held/held-decisions.ts";
import {
  groupHeld,
  type HeldTold,
  heldKey,
  nextOpen,
  searchHeld,
} from "../../server/dashboard/source/pages/held/held-groups.ts";

/* How the dashboard shows held records: what is the matter, what could belong to them, what a person can decide. */

function held(id: string, more: Partial<HeldTold> = {}): HeldTold {
  return {
    code: "value-missing",
    mapping: "people",
    rule: "users",
    situation: "absent",
    source: { connection: "wfp", stream: "people", id },
    label: `Person ${id}`,
    reason: "The person has no e-mail address.",
    todo: "Fill in the field in the source system.",
    candidates: [],
    at: { file: "mappings/people.yaml", line: 3, column: 5 },
    ...more,
  };
}

const candidate = {
  address: { connection: "procore", stream: "users", id: "7" },
  label: "Tom Okafor",
  differences: [],
};

describe("the list", () => {
  const list = [
    held("1"),
    held("2"),
    held("3", { code: "disagrees", candidates: [candidate], decided: "link" }),
    held("4", { code: "disagrees", candidates: [candidate] }),
  ];

  test("what a decision answers comes first, and what is decided last in its group", () => {
    const groups = groupHeld(list);
    expect(groups.map(({ code, open }) => [code, open])).toEqual([
      ["disagrees", 1],
      ["value-missing", 2],
    ]);
    expect(groups[0]?.held.map(({ source }) => source.id)).toEqual(["4", "3"]);
    expect(groups[0]?.title).toBe("The record with the same key differs in fields that must agree");
  });

  test("the next one is the next that nobody has decided about, and after the last the first", () => {
    const groups = groupHeld(list);
    const keyOf = (id: string) => heldKey(held(id));
    expect(nextOpen(groups, undefined)?.source.id).toBe("4");
    expect(nextOpen(groups, keyOf("4"))?.source.id).toBe("1");
    expect(nextOpen(groups, keyOf("2"))?.source.id).toBe("4");
    expect(nextOpen(groupHeld([held("9")]), keyOf("9"))).toBeUndefined();
  });

  test("search wants every word, in names, addresses, reasons or candidates", () => {
    expect(searchHeld(list, "okafor").map(({ source }) => source.id)).toEqual(["3", "4"]);
    expect(searchHeld(list, "E-MAIL wfp/people/2").map(({ source }) => source.id)).toEqual(["2"]);
    expect(searchHeld(list, " ")).toBe(list);
  });
});

describe("side by side", () => {
  const person = {
    first_name: "Tom",
    last_name: "Okafor",
    email: "tom@northridge.example",
    phone: "(206) 555-0142",
    status: "active",
    employee_number: "1002",
  };
  const user = {
    first_name: "Thomas",
    last_name: "Okafor",
    email_address: "Tom@northridge.example",
    mobile_phone: "206 555 0142",
    employee_id: 1002,
    is_employee: true,
  };

  test("fields of one name, of one value, or that a difference names stand beside each other", () => {
    const { paired, single } = compareRecords(person, [{ fields: user, differences: [] }]);
    expect(paired.map(({ source, target, differs }) => [source, target, differs])).toEqual([
      ["first_name", "first_name", true],
      ["last_name", "last_name", false],
      ["email", "email_address", false],
      ["phone", "mobile_phone", false],
      ["employee_number", "employee_id", false],
    ]);
    expect(single.map(({ source, target }) => source ?? target)).toEqual(["status", "is_employee"]);
  });

  test("a difference that the plan told counts, whatever the fields are called", () => {
    const { paired } = compareRecords({ mail: "tom@northridge.example" }, [
      {
        fields: { email_address: "other@northridge.example" },
        differences: [
          {
            field: "email_address",
            source: "tom@northridge.example",
            target: "other@northridge.example",
          },
        ],
      },
      { fields: { email_address: "tom@northridge.example" }, differences: [] },
    ]);
    expect(paired).toEqual([
      {
        source: "mail",
        target: "email_address",
        value: "tom@northridge.example",
        others: [
          { value: "other@northridge.example", differs: true },
          { value: "tom@northridge.example", differs: false },
        ],
        differs: true,
      },
    ]);
  });

  test("records that could not be read are shown by their differences", () => {
    const { paired, single } = compareRecords(undefined, [
      { fields: undefined, differences: [{ field: "last_name", source: "Lund", target: "Lundt" }] },
    ]);
    expect(paired).toEqual([
      {
        target: "last_name",
        value: "Lund",
        others: [{ value: "Lundt", differs: true }],
        differs: true,
      },
    ]);
    expect(single).toEqual([]);
  });

  test("values that are equal by chance tie no fields", () => {
    const { paired } = compareRecords(
      { wants_mail: true, level: "B", first: "Ana", second: "Ana" },
      [{ fields: { is_active: true, grade: "B", given: "Ana" }, differences: [] }],
    );
    expect(paired).toEqual([]);
  });

  test("without candidates every field stands alone", () => {
    expect(compareRecords(person, []).single).toHaveLength(6);
  });
});

describe("decisions", () => {
  test("the advice speaks of this page where the page can do it", () => {
    expect(todoText(held("1"))).toBe("Fill in the field in the source system.");
    expect(todoText(held("1", { code: "disagrees" }))).toContain("say here");
    expect(todoText(held("1", { code: "found" }))).toContain("linking run");
    expect(todoText(held("1", { code: "ambiguous", candidates: [candidate] }))).toContain("which");
    expect(todoText(held("1", { code: "ambiguous" }))).toContain("Fill in");
  });

  test("each says what follows, with the names of the records", () => {
    const about = { label: "Petra Lund", mapping: "people", candidate: "Petra Lundt" };
    for (const kind of ["link", "apart", "ignore"] as const) {
      expect(decisionWords(kind, about).follows).toContain("people");
      expect(decisionWords(kind, about).title).toContain("Petra Lund");
    }
    expect(decisionWords("link", about).follows).toContain("the values of the source count");
  });

  test("a linked record cannot be left out", () => {
    expect(ignoringIsIdle(held("1"))).toBeUndefined();
    expect(ignoringIsIdle(held("1", { situation: "linked" }))).toContain("linked already");
  });
});
