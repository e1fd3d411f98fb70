import { expect, test } from "vitest";
import { editLinks } from "../../engine/links/edit-links.ts";
import { linksFileText } from "../../engine/links/entry-lines.ts";
import { type ExportOptions, exportLinks } from "../../engine/links/export-links.ts";
import { parseLinks } from "../../engine/links/read-links-file.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { Link } from "../../engine/state/store.ts";
import { parseAddress, type RecordAddress } from "../../engine/value/address.ts";
import { exampleProject } from "../support/config-example.ts";

/* From the links of the state to the entries of links files: what is added, what stays, what cannot be said. */

function address(text: string): RecordAddress {
  const parsed = parseAddress(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

function link(rule: string, source: string, target: string, more: Partial<Link> = {}): Link {
  return {
    mapping: "people",
    rule,
    source: address(source),
    target: address(target),
    origin: "matched",
    baseline: {},
    ruleDigest: "",
    writtenAt: new Date(0),
    ...more,
  };
}

const choice = {
  "\nlimits:":
    "\n  back:\n    direction: users -> wfp\n    fields: { job_title: job_title }\n    match: [{ email: email_address }]\n    on: { absent: ignore }\nlimits:",
};
const feedback = {
  "\nlimits:":
    "\n  back:\n    direction: users -> wfp\n    fields: { job_title: job_title }\nlimits:",
};

async function mappingOf(edits: Readonly<Record<string, string>> = {}): Promise<Mapping> {
  const [mapping] = (await exampleProject({ mapping: edits })).mappings;
  if (!mapping) throw new Error("the example has a mapping");
  return mapping;
}

const into = "links/people.yaml";

/** Exports into this text, or into a new file; answers the text and the figures. */
function exported(
  mapping: Mapping,
  links: readonly Link[],
  text: string | null = null,
  more: Partial<ExportOptions> = {},
) {
  const files = text === null ? [] : [parseLinks(text, into).links].flatMap((file) => file ?? []);
  const options = { mapping, links, files, into, on: "2026-11-21", baselines: false, ...more };
  const { edits, ...figures } = exportLinks(options);
  const edit = edits.get(into);
  if (text === null) return { text: linksFileText("people", edit?.add ?? []), ...figures };
  return { text: edit ? editLinks(text, into, edit) : text, ...figures };
}

test("every link becomes an entry that says how it came about, in one order", async () => {
  const { text, added } = exported(await mappingOf(), [
    link("users", "wfp/people/2", "procore/users/2", { origin: "created" }),
    link("users", "wfp/people/1", "procore/users/1"),
    link("contacts", "wfp/people/3", "procore/contacts/3", { origin: "manual" }),
  ]);
  expect(added).toBe(3);
  expect(text.slice(text.indexOf("link:"))).toBe(`link:
  - pair: [wfp/people/1, procore/users/1]
    why: Matched by key.
    by: syncctl
    on: 2026-11-21
  - pair: [wfp/people/2, procore/users/2]
    why: Created by syncctl.
    by: syncctl
    on: 2026-11-21
  - pair: [wfp/people/3, procore/contacts/3]
    why: Linked by a person; who and why was not recorded.
    by: syncctl
    on: 2026-11-21
`);
});

test("an export after nothing has changed changes nothing, whenever it is made", async () => {
  const mapping = await mappingOf();
  const links = [
    link("users", "wfp/people/1", "procore/users/1", { baseline: { first_name: "Uma", rank: 3 } }),
    link("users", "wfp/people/2", "procore/users/2"),
  ];
  for (const baselines of [false, true]) {
    const { text } = exported(mapping, links, null, { baselines });
    const later = { baselines, on: "2027-01-01" };
    const again = exported(mapping, links.toReversed(), text, later);
    expect(again).toEqual({ text, added: 0, changed: 0, unchanged: 2, leftOut: [] });
  }
});

test("what people have written stays, in its order and with its comments", async () => {
  const reviewed = `version: 1
mapping: people
link:
  # She told us.
  - pair: [procore/users/2, wfp/people/2]   # by badge
    why: Married.
    by: ana@northridge.example
`;
  const links = [
    link("users", "wfp/people/2", "procore/users/2", { origin: "manual" }),
    link("users", "wfp/people/1", "procore/users/1"),
  ];
  const { text, added, unchanged } = exported(await mappingOf(), links, reviewed);
  expect({ added, unchanged }).toEqual({ added: 1, unchanged: 1 });
  expect(text.startsWith(reviewed)).toBe(true);
});

test("baselines are written on demand, kept up to date, and taken out otherwise", async () => {
  const mapping = await mappingOf();
  const links = (first_name: string) => [
    link("users", "wfp/people/1", "procore/users/1", { baseline: { first_name } }),
  ];
  const reviewed = `version: 1
mapping: people
link:
  # She told us.
  - pair: [procore/users/1, wfp/people/1]
    why: Married.
`;
  const first = exported(mapping, links("Uma"), reviewed, { baselines: true });
  expect(first).toMatchObject({ added: 0, changed: 1 });
  // The fields are those of the target, so that the source comes first.
  expect(first.text).toBe(`version: 1
mapping: people
link:
  # She told us.
  - pair: [wfp/people/1, procore/users/1]
    why: Married.
    baseline:
      first_name: Uma
`);
  const second = exported(mapping, links("Una"), first.text, { baselines: true });
  expect(second.text).toBe(first.text.replace("Uma", "Una"));
  expect(exported(mapping, links("Una"), second.text).text).not.toContain("baseline");
});

test("a name is filled in where none stands", async () => {
  const mapping = await mappingOf();
  const links = [
    link("users", "wfp/people/1", "procore/users/1"),
    link("users", "wfp/people/2", "procore/users/2"),
  ];
  const before = exported(mapping, links).text.replace("users/1]\n", "users/1]\n    name: Petra\n");
  const nameOf = ({ connection, id }: RecordAddress) =>
    connection === "wfp" ? `Person ${id}` : `User ${id}`;
  const { text } = exported(mapping, links, before, { nameOf });
  expect(text.match(/name: .*/g)).toEqual(["name: Petra", "name: Person 2 = User 2"]);
});

test("links that the files decide otherwise are left out, with the place that does", async () => {
  const files = `version: 1
mapping: people
link:
  - pair: [wfp/people/1, procore/users/9]
apart:
  - pair: [wfp/people/2, procore/users/2]
ignore:
  - record: wfp/people/3
`;
  const links = ["1", "2", "3"].map((id) =>
    link("users", `wfp/people/${id}`, `procore/users/${id}`),
  );
  const { text, added, leftOut } = exported(await mappingOf(), links, files);
  expect({ text, added }).toEqual({ text: files, added: 0 });
  expect(leftOut.map(({ because }) => because)).toEqual([
    "The state says that wfp/people/1 is one with procore/users/1, and at links/people.yaml:4:5 wfp/people/1 is one with procore/users/9.",
    "The state says that wfp/people/2 is one with procore/users/2, and at links/people.yaml:6:5 wfp/people/2 is another than procore/users/2.",
    "The state says that wfp/people/3 is one with procore/users/3, and at links/people.yaml:8:5 wfp/people/3 is left out.",
  ]);
});

test("of a choice, one entry holds for both directions, and the direction that lives is right", async () => {
  const { text, leftOut } = exported(await mappingOf(choice), [
    link("back", "procore/users/1", "wfp/people/1"),
    link("users", "wfp/people/1", "procore/users/1"),
    link("back", "procore/users/2", "wfp/people/3"),
    link("users", "wfp/people/2", "procore/users/2"),
    link("back", "procore/users/4", "wfp/people/4"),
  ]);
  expect(text.match(/pair: .*/g)).toEqual([
    "pair: [procore/users/4, wfp/people/4]",
    "pair: [wfp/people/1, procore/users/1]",
    "pair: [wfp/people/2, procore/users/2]",
  ]);
  expect(leftOut.map(({ because }) => because)).toEqual([
    "The rule back links one of the two to another record.",
  ]);
});

test("links of feedback follow others and are not written; those of a rule that is gone cannot be said", async () => {
  const { text, added, leftOut } = exported(await mappingOf(feedback), [
    link("users", "wfp/people/1", "procore/users/1"),
    link("back", "procore/users/1", "wfp/people/1"),
    link("crews", "wfp/people/2", "procore/users/2"),
  ]);
  expect(added).toBe(1);
  expect(text).toContain("pair: [wfp/people/1, procore/users/1]");
  expect(leftOut.map(({ because }) => because)).toEqual([
    "The mapping has no rule crews that makes links.",
  ]);
});

test("an entry names its rule where another one leads the same way", async () => {
  const twins = {
    "\nlimits:":
      "\n  guests:\n    direction: wfp -> users\n    when: $not(is_user)\n    match: [{ origin_id: id }]\n    fields: { hired_on: hired_on }\n    on: { absent: hold }\nlimits:",
  };
  const { text } = exported(await mappingOf(twins), [
    link("guests", "wfp/people/1", "procore/users/1"),
  ]);
  expect(text).toContain("  - pair: [wfp/people/1, procore/users/1]\n    rule: guests\n");
});
