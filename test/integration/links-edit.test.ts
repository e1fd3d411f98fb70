import fc from "fast-check";
import { expect, test } from "vitest";
import { editLinks } from "../../engine/links/edit-links.ts";
import type { LinksEntry, PlacedEntry } from "../../engine/links/entry.ts";
import { entryText } from "../../engine/links/entry.ts";
import { parseLinks } from "../../engine/links/read-links-file.ts";
import { parseAddress, type RecordAddress } from "../../engine/value/address.ts";

/* Commands edit files that people write and review: a line that is not meant stays as it is. */

function address(text: string): RecordAddress {
  const parsed = parseAddress(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

function link(one: string, other: string, more: Partial<LinksEntry> = {}): LinksEntry {
  return { kind: "link", records: [address(one), address(other)], ...more };
}

function entriesOf(text: string): readonly PlacedEntry[] {
  const { links, diagnostics } = parseLinks(text, "links/people.yaml");
  if (!links || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return links.entries;
}

/** The entry that holds this record. */
function entryIn(text: string, record: string): PlacedEntry {
  const found = entriesOf(text).find((entry) =>
    entry.records.some(({ id }) => id === address(record).id),
  );
  if (!found) throw new Error(`no entry of ${record}`);
  return found;
}

const reviewed = `# yaml-language-server: $schema=./links.schema.json
# Who is who. Ask the office before you touch this.
version: 1
mapping: people

link:
  # Settled with HR in November.

  # Petra spells it so herself.
  - pair:   [wfp/people/5, procore/users/5]     # by badge
    why: >
      The same person;
      # and no comment
      Lundt is a typing error.

    by: ana@northridge.example
  - pair: [wfp/people/7, procore/users/7]
    name: Two     spaces


ignore:   # leavers
- record: wfp/people/9
  why: A test account.
# the end
`;

test("a new entry comes to its place, and no other line changes", () => {
  const before = reviewed.replace("  - pair: [wfp/people/7", "  - pair: [wfp/people/7");
  const text = editLinks(before, "links/people.yaml", {
    add: [
      link("wfp/people/6", "procore/users/6", { why: "Same badge." }),
      link("wfp/people/8", "procore/users/8"),
      link("wfp/people/4", "procore/users/4"),
    ],
  });
  const added = [
    "  - pair: [wfp/people/6, procore/users/6]",
    "    why: Same badge.",
    "  - pair: [wfp/people/8, procore/users/8]",
    "  - pair: [wfp/people/4, procore/users/4]",
  ];
  const lines = text.split("\n");
  expect(lines.filter((line) => !added.includes(line))).toEqual(before.split("\n"));
  expect(entriesOf(text).map(({ records }) => records[0].id)).toEqual([
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
  ]);
  expect(lines.indexOf("  # Petra spells it so herself.")).toBe(
    lines.findIndex((line) => line.includes("[wfp/people/5,")) - 1,
  );
});

test("an entry goes with the comments right above it, and with nothing else", () => {
  const text = editLinks(reviewed, "links/people.yaml", {
    remove: [entryIn(reviewed, "wfp/people/5")],
  });
  const gone = reviewed.slice(
    reviewed.indexOf("  # Petra"),
    reviewed.indexOf("  - pair: [wfp/people/7"),
  );
  expect(gone).toContain("by: ana@northridge.example");
  expect(text).toBe(reviewed.replace(gone, ""));
});

test("the last entry of a section takes the key of the section with it", () => {
  const text = editLinks(reviewed, "links/people.yaml", {
    remove: [entryIn(reviewed, "wfp/people/9")],
    add: [{ kind: "apart", records: [address("wfp/people/1"), address("procore/users/1")] }],
  });
  expect(text).not.toContain("ignore");
  expect(text).toMatch(/# the end\napart:\n {2}- pair: \[wfp\/people\/1, procore\/users\/1\]\n$/);
});

test("an entry that takes the place of another keeps its comments and its indentation", () => {
  const old = entryIn(reviewed, "wfp/people/9");
  const { at: _at, ...same } = old;
  const text = editLinks(reviewed, "links/people.yaml", {
    replace: [{ old, by: { ...same, name: "Test, Test" } }],
  });
  expect(text).toBe(
    reviewed.replace("- record: wfp/people/9\n", "- record: wfp/people/9\n  name: Test, Test\n"),
  );
});

test("line ends of Windows, and a file that does not end its last line, stay what they are", () => {
  const windows =
    "version: 1\r\nmapping: people\r\nlink:\r\n  - pair: [wfp/people/1, procore/users/1]";
  const text = editLinks(windows, "links/people.yaml", {
    add: [link("wfp/people/2", "procore/users/2")],
  });
  expect(text).toBe(`${windows}\r\n  - pair: [wfp/people/2, procore/users/2]\r\n`);
});

test("a file in brackets is edited too", () => {
  const brackets = `version: 1
mapping: people # ours
link: [{ pair: [wfp/people/1, procore/users/1], why: Same. }, { pair: [wfp/people/2, procore/users/2] }]
ignore: []
`;
  const text = editLinks(brackets, "links/people.yaml", {
    add: [
      link("wfp/people/3", "procore/users/3"),
      { kind: "ignore", records: [address("wfp/people/4")], why: "A: test" },
    ],
    remove: [entryIn(brackets, "wfp/people/2")],
  });
  expect(text).toContain("mapping: people # ours\n");
  expect(entriesOf(text).map((entry) => [entry.kind, entry.records[0].id, entry.why])).toEqual([
    ["link", "1", "Same."],
    ["link", "3", undefined],
    ["ignore", "4", "A: test"],
  ]);
});

test("whatever is edited, the file says what was meant, and other lines stay", () => {
  const pieces = ["  # a comment\n", "\n", "# far left\n", "      # deep\n"];
  const block = fc.record({
    id: fc.nat(30),
    lead: fc.subarray(pieces),
    tail: fc.constantFrom(
      "",
      "    why: so\n",
      "    why: |\n      a\n\n      # b\n",
      "    on: 2026-11-21  # day\n",
    ),
  });
  const file = fc.record({
    link: fc.uniqueArray(block, { selector: ({ id }) => id, maxLength: 5 }),
    ignore: fc.uniqueArray(block, { selector: ({ id }) => id, maxLength: 3 }),
    end: fc.constantFrom("", "# end\n", "\n\n"),
  });
  const edits = fc.record({
    add: fc.uniqueArray(fc.integer({ min: 31, max: 60 }), { maxLength: 4 }),
    kind: fc.constantFrom("link", "ignore", "apart"),
    remove: fc.array(fc.nat(8), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(file, edits, ({ link: links, ignore, end }, { add, kind, remove }) => {
      const section = (name: string, some: readonly string[]) =>
        some.length === 0 ? "" : `${name}:\n${some.join("")}`;
      const text = [
        "version: 1\nmapping: people\n",
        section(
          "link",
          links.map(
            ({ id, lead, tail }) => `${lead.join("")}  - pair: [a/b/${id}, c/d/${id}]\n${tail}`,
          ),
        ),
        section(
          "ignore",
          ignore.map(
            ({ id, lead, tail }) => `${lead.join("")}  - record: a/b/${100 + id}\n${tail}`,
          ),
        ),
        end,
      ].join("");
      const before = entriesOf(text);
      const removed = [...new Set(remove)].flatMap((index) => before[index] ?? []);
      const added = add.map((id): LinksEntry => {
        const first = address(`a/b/${id}`);
        return kind === "ignore"
          ? { kind, records: [first] }
          : { kind: kind === "link" ? "link" : "apart", records: [first, address(`c/d/${id}`)] };
      });
      const edited = editLinks(text, "links/people.yaml", { add: added, remove: removed });
      const meant = [...before.filter((one) => !removed.includes(one)), ...added];
      expect(entriesOf(edited).map(entryText).sort()).toEqual(meant.map(entryText).sort());
      // Adding leaves every line there is, in its order.
      if (removed.length === 0) {
        const rest = edited.split("\n");
        for (const line of text.split("\n")) {
          const found = rest.indexOf(line);
          expect(found, line).toBeGreaterThanOrEqual(0);
          rest.splice(0, found + 1);
        }
      }
    }),
    { numRuns: 600 },
  );
});
