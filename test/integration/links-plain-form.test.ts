import fc from "fast-check";
import { expect, test } from "vitest";
import type { Node } from "../../engine/config/node.ts";
import { parseYaml } from "../../engine/config/read-yaml.ts";
import type { LinksEntry } from "../../engine/links/entry.ts";
import { entryText } from "../../engine/links/entry.ts";
import { linksFileText } from "../../engine/links/entry-lines.ts";
import { readPlainForm } from "../../engine/links/plain-form.ts";
import { parseLinks } from "../../engine/links/read-links-file.ts";
import type { Value } from "../../engine/value/value.ts";

/*
 * Links files are read by the line where they have the form in which syncctl writes them. Whatever such a file holds,
 * the YAML library gives the same tree.
 */

/** The tree with the places of some characters in the place of the function that gives them. */
function placed(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return { ...node, place: [-1, 0, 1, 3, 1000].map((offset) => node.place(offset)) };
    case "list":
      return { ...node, items: node.items.map(placed) };
    case "map":
      return {
        ...node,
        entries: Array.from(node.entries.values(), (entry) => ({
          ...entry,
          value: placed(entry.value),
        })),
      };
  }
}

/** Pieces that mean something in YAML, or that nearly do. */
const piece = fc.constantFrom(
  ...["a", "Ilse", "true", "null", "~", "0", "-7", "1.5", "007", "2026-11-21", ".inf", "1e3"],
  ...[" ", "  ", "\t", ":", ": ", "#", " # ", ",", "[", "]", "{", "}", "&x", "*x", "!t", "|", ">"],
  ...['"', "'", "\\", "\\n", "\\u00e9", "\\ud83d", "\\x41", "é", "\u{1F600}", "\u00a0", "\u2028"],
  ...["-", "- ", "?", "%", "@", "`", "=", "<<", "\u0085", "wfp/people/1", "no", "_"],
);
const scalar = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom("Ilse", '"a: b"', "true", "12", "2026-11-21", "A, b.") },
  { weight: 1, arbitrary: fc.array(piece, { maxLength: 4 }).map((some) => some.join("")) },
);
const address = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom("wfp/people/1", "procore/users/2", '"a/b/c d"') },
  { weight: 1, arbitrary: scalar },
);
/** Lines of keys, each once; now and then one with a comment behind its value. */
function keys(names: readonly string[], indent: string): fc.Arbitrary<readonly string[]> {
  const one = fc.tuple(scalar, fc.constantFrom("", "", "", " # why not", "  "));
  return fc
    .tuple(fc.subarray([...names]), fc.array(one, { minLength: names.length }))
    .map(([some, values]) =>
      some.map((name, index) => `${indent}${name}: ${(values[index] ?? []).join("")}`),
    );
}

const item = fc
  .tuple(
    fc.tuple(address, address),
    keys(["why", "by", "on", "rule"], "    "),
    fc.option(keys(["a", "first_name", "b1"], "      "), { freq: 3 }),
  )
  .map(([[one, other], told, baseline]) => [
    `  - pair: [${one},${other.startsWith(" ") ? "" : " "}${other}]`,
    ...told,
    ...(baseline ? ["    baseline:", ...baseline] : []),
  ]);
/** What stands between entries: mostly nothing. */
const between = fc.constantFrom(
  ...Array.from({ length: 30 }, () => [] as string[]),
  ...["", "  ", "# a comment", "    # another", "apart:", "ignore: # so", "link:"].map((one) => [
    one,
  ]),
  ...["      more", "   odd", "mapping: x", "---", "...", "    baseline: {}", "link: []"].map(
    (one) => [one],
  ),
  ["    baseline:", "# between", "      a: 1"],
  ["apart:", "      a: 1"],
  ["version: 1", "  - pair: [a/b/c, d/e/f]"],
);
const file = fc
  .tuple(
    fc.array(fc.tuple(item, between), { maxLength: 4 }),
    fc.constantFrom("\n", "\n", "\n", "\r\n"),
    fc.constantFrom("link:", "ignore:", "link: # these"),
  )
  .map(([items, end, section]) =>
    ["# a head", "version: 1", "mapping: people", section, ...items.flat(2), ""].join(end),
  );

test("a file that is read by the line gives the tree that the YAML library gives", () => {
  let compared = 0;
  fc.assert(
    fc.property(file, (text) => {
      const plain = readPlainForm(text, "a.yaml");
      if (plain === null) return;
      compared += 1;
      const { root, diagnostics } = parseYaml(text, "a.yaml");
      expect(diagnostics).toEqual([]);
      expect(root && placed(root)).toEqual(placed(plain));
    }),
    { numRuns: 4_000 },
  );
  expect(compared, "many of the files that are made up have the form").toBeGreaterThan(400);
});

const anyText = fc.oneof(
  fc.constantFrom("Petra Lund", "it's so", "Yes", "12", "true", "- x", "a: b", "x # y", " a ", ""),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const id = anyText.filter((text) => text !== "" && !/[\n\r\u2028\u2029]/.test(text));
const record = fc.record({
  connection: fc.constantFrom("wfp", "procore"),
  stream: fc.constantFrom("people", "users"),
  id,
});
const value: fc.Arbitrary<Value> = fc.oneof(
  anyText,
  fc.constantFrom(null, true, false, 0, -3, 1.5, 2e21),
  fc.constant(["a", { b: null }] as const),
);
const told = fc.record(
  {
    name: anyText,
    why: anyText,
    by: anyText,
    on: fc.constant("2026-11-21"),
    rule: fc.constant("r"),
  },
  { requiredKeys: [] },
);
const entry: fc.Arbitrary<LinksEntry> = fc.oneof(
  fc
    .record({
      records: fc.tuple(record, record),
      told,
      baseline: fc.option(fc.dictionary(fc.constantFrom("a", "first name", "null", "c_1"), value)),
    })
    .map(({ records, told: more, baseline }) => ({
      kind: "link" as const,
      records,
      ...more,
      ...(baseline ? { baseline: { ...baseline } } : {}),
    })),
  fc.record({ records: fc.tuple(record), told }).map(({ records, told: more }) => ({
    kind: "ignore" as const,
    records,
    ...more,
  })),
);

test("what is written is read again as it was, whatever the texts hold", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
      const text = linksFileText("people", entries);
      const { links, diagnostics } = parseLinks(text, "links/people.yaml");
      expect(diagnostics).toEqual([]);
      const order = (some: readonly LinksEntry[]) => some.map(entryText).sort();
      expect(order(links?.entries ?? [])).toEqual(order(entries));
    }),
    { numRuns: 1_000 },
  );
});

test("the usual file is read by the line, comments and all", () => {
  const entries: readonly LinksEntry[] = [
    {
      kind: "link",
      records: [
        { connection: "wfp", stream: "people", id: "5e1f0009" },
        { connection: "procore", stream: "users", id: "120309" },
      ],
      name: "Petra Lund = Petra Lundt",
      why: 'The same person; "Lundt" is a typing error: she said so.',
      by: "ana@northridge.example",
      on: "2026-11-21",
      baseline: {
        first_name: "Petra",
        note: "Two\nlines",
        is_active: true,
        rank: 2.5,
        phone: null,
      },
    },
  ];
  const text = `# Reviewed in November.\n${linksFileText("people", entries)}`;
  expect(readPlainForm(text, "a.yaml")).not.toBeNull();
  expect(text).toContain('      note: "Two\\nlines"\n');
  expect(text).toContain("    name: Petra Lund = Petra Lundt\n");
});
