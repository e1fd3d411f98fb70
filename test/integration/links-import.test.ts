import { describe, expect, test } from "vitest";
import { readCsv } from "../../cli/link/csv.ts";
import { pairsOfCsv } from "../../cli/link/pairs-of-csv.ts";
import { type CheckedPair, checkPairs, type WantedPair } from "../../engine/links/check-pairs.ts";
import { type DecisionBook, decisionBook } from "../../engine/links/decision-book.ts";
import type { RuleEnds } from "../../engine/links/rules-between.ts";
import type { Link } from "../../engine/state/store.ts";
import { addressText, parseAddress, type RecordAddress } from "../../engine/value/address.ts";

function address(text: string): RecordAddress {
  const parsed = parseAddress(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

function rule(name: string, source: string, target: string, role: RuleEnds["role"]): RuleEnds {
  return { name, source, target, role };
}

const people = [
  rule("users", "wfp/people", "procore/users", "authoritative"),
  rule("contacts", "wfp/people", "procore/contacts", "authoritative"),
];

function link(name: string, source: string, target: string): Link {
  return {
    mapping: "people",
    rule: name,
    source: address(source),
    target: address(target),
    origin: "matched",
    baseline: {},
    ruleDigest: "",
    writtenAt: new Date(0),
  };
}

function pair(one: string, other: string, more: Partial<WantedPair> = {}): WantedPair {
  const at = { file: "pairs.csv", line: 2, column: 1 };
  return { records: [address(one), address(other)], at, ...more };
}

interface World {
  readonly rules?: ReadonlyMap<string, readonly RuleEnds[]>;
  readonly links?: readonly Link[];
  readonly book?: DecisionBook;
  /** Records that are not there. */
  readonly missing?: readonly string[];
}

function checked(pairs: readonly WantedPair[], world: World = {}): readonly string[] {
  const rules = world.rules ?? new Map([["people", people]]);
  return checkPairs(pairs, {
    rules,
    links: new Map([...rules.keys()].map((name) => [name, world.links ?? []])),
    books: new Map([["people", world.book ?? decisionBook()]]),
    isThere: (one) => !world.missing?.includes(addressText(one)),
  }).map(line);
}

function line(one: CheckedPair): string {
  if (one.kind === "wrong") return one.because;
  const { rule: name, source, target } = one.link;
  return `${one.kind} ${name} ${addressText(source)} ${addressText(target)}`;
}

describe("a pair that shall be tied", () => {
  test("is tied by the rule between its streams, in whichever order it is written", () => {
    expect(
      checked([
        pair("wfp/people/1", "procore/users/1"),
        pair("procore/contacts/2", "wfp/people/2"),
      ]),
    ).toEqual([
      "tie users wfp/people/1 procore/users/1",
      "tie contacts wfp/people/2 procore/contacts/2",
    ]);
  });

  test("of a choice, by the direction that lives", () => {
    const rules = new Map([
      [
        "people",
        [
          rule("users", "wfp/people", "procore/users", "dormant"),
          rule("back", "procore/users", "wfp/people", "authoritative"),
        ],
      ],
    ]);
    expect(checked([pair("wfp/people/1", "procore/users/1")], { rules })).toEqual([
      "tie back procore/users/1 wfp/people/1",
    ]);
  });

  test("is unclear where several rules could be meant, until one is named", () => {
    const rules = new Map([
      ["people", people],
      ["more", [rule("users", "wfp/people", "procore/users", "authoritative")]],
    ]);
    expect(
      checked(
        [
          pair("wfp/people/1", "procore/users/1"),
          pair("wfp/people/1", "procore/users/1", { rule: "people/users" }),
          pair("wfp/people/2", "procore/users/2", { mapping: "people" }),
        ],
        { rules },
      ),
    ).toEqual([
      "Several rules lead between the two: people/users, more/users. Name one as its rule.",
      "tie users wfp/people/1 procore/users/1",
      "tie users wfp/people/2 procore/users/2",
    ]);
  });

  test("is wrong when a record is not there, or when no rule leads between the two", () => {
    const pairs = [
      pair("wfp/people/1", "procore/users/1"),
      pair("wfp/people/1", "procore/projects/1"),
    ];
    expect(checked(pairs, { missing: ["procore/users/1"] })).toEqual([
      "There is no record procore/users/1.",
      "No rule that makes links leads between the two.",
    ]);
  });

  test("may lack a record when a baseline proves that it was linked", () => {
    const baseline = { first_name: "Uma" };
    const pairs = [pair("wfp/people/1", "procore/users/1", { baseline })];
    expect(checked(pairs, { missing: ["wfp/people/1"] })).toEqual([
      "tie users wfp/people/1 procore/users/1",
    ]);
  });

  test("counts as linked when it is, even if one of the two is gone", () => {
    const links = [link("users", "wfp/people/1", "procore/users/1")];
    const pairs = [pair("procore/users/1", "wfp/people/1")];
    expect(checked(pairs, { links, missing: ["wfp/people/1"] })).toEqual([
      "linked users wfp/people/1 procore/users/1",
    ]);
  });

  test("is wrong when one of the two is linked elsewhere, in the state or by a pair before it", () => {
    const links = [link("users", "wfp/people/1", "procore/users/1")];
    expect(
      checked(
        [
          pair("wfp/people/1", "procore/users/2"),
          pair("wfp/people/2", "procore/users/1"),
          pair("wfp/people/3", "procore/users/3"),
          pair("wfp/people/4", "procore/users/3"),
          pair("wfp/people/3", "procore/users/3"),
          pair("wfp/people/1", "procore/contacts/1"),
        ],
        { links },
      ),
    ).toEqual([
      "wfp/people/1 is linked to procore/users/1.",
      "procore/users/1 is linked to wfp/people/1.",
      "tie users wfp/people/3 procore/users/3",
      "procore/users/3 is linked to wfp/people/3.",
      "linked users wfp/people/3 procore/users/3",
      "tie contacts wfp/people/1 procore/contacts/1",
    ]);
  });

  test("is wrong when a links file decides otherwise", () => {
    const book = decisionBook([
      {
        kind: "apart",
        rule: "users",
        source: address("wfp/people/1"),
        target: address("procore/users/1"),
        at: { file: "links/people.yaml", line: 4, column: 5 },
      },
    ]);
    expect(checked([pair("wfp/people/1", "procore/users/1")], { book })).toEqual([
      "It says that wfp/people/1 is one with procore/users/1, and at links/people.yaml:4:5 wfp/people/1 is another than procore/users/1.",
    ]);
  });
});

describe("CSV", () => {
  test("cells in quotes may hold the separator, quotes and line breaks", () => {
    expect(readCsv('\ufeffa,b\r\n"x, ""y""","two\nlines"\n\n z ,\n')).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ['x, "y"', "two\nlines"] },
        { line: 5, cells: ["z", ""] },
      ],
    });
  });

  test.each([
    ['a,b\n1,"2', 2, "A quote is never closed."],
    ['a,b\n"1"x,2', 2, "Behind a closing quote stands something else than a separator."],
    ['a,b\n\n1"2,3', 3, "A quote stands within a text that does not begin with one."],
  ])("%j is refused with its line", (text, at, why) => {
    expect(readCsv(text)).toEqual({ ok: false, line: at, why });
  });

  test("becomes pairs, each with its line; a spreadsheet may separate by semicolons", () => {
    const text =
      "Target;Source;why\nprocore/users/1;wfp/people/1;Badge, seen\nprocore/users/2;wfp/people/2;\n";
    expect(pairsOfCsv(text, "pairs.csv")).toEqual([
      {
        records: [address("wfp/people/1"), address("procore/users/1")],
        why: "Badge, seen",
        at: { file: "pairs.csv", line: 2, column: 1 },
      },
      {
        records: [address("wfp/people/2"), address("procore/users/2")],
        at: { file: "pairs.csv", line: 3, column: 1 },
      },
    ]);
  });

  test.each([
    ["", "csv-unreadable", "pairs.csv is empty."],
    ["source\nwfp/people/1", "csv-unreadable", "pairs.csv:1: there is no column target."],
    ["source,target,source\n", "csv-unreadable", "pairs.csv:1: source stands there twice."],
    [
      "wfp/people/1,procore/users/1\n",
      "csv-unreadable",
      'pairs.csv:1: "wfp/people/1" is not one of source, target, rule, why and by.',
    ],
    [
      "source,target\nwfp/people/1\n",
      "csv-unreadable",
      "pairs.csv:2 has 1 cells, and the first line 2.",
    ],
    [
      "source,target\nwfp/people/1,1203\n",
      "address-unreadable",
      'pairs.csv:2: "1203" is not the address of a record.',
    ],
  ])("%j is refused", (text, code, message) => {
    expect(pairsOfCsv(text, "pairs.csv")).toMatchObject({ code, message });
  });
});
