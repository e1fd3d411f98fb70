import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, entriesOf, itemsOf, type Node, plainValue, textOf } from "../config/node.ts";
import { describe, quote, suggestion } from "../config/wording.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { instantMs, isDay } from "../value/calendar.ts";
import type { Fields } from "../value/value.ts";
import { bySource } from "./by-source.ts";
import { idsOf } from "./case-ids.ts";
import { readCaseMappings } from "./case-mappings.ts";
import { entriesMax, recordsMax } from "./limits.ts";
import type { GivenRecord, TestCase } from "./mapping-test.ts";
import { readExpectations } from "./read-expectation.ts";
import { readFields } from "./read-fields.ts";
import { readGrounds } from "./read-grounds.ts";
import { linkTroubles, readDecision, readLink } from "./read-links.ts";
import type { CaseNode, TestFile } from "./read-test-file.ts";

/** The time in a case that names none: any moment will do, as long as it is always the same. */
const nowDefault = "2026-01-05T08:00:00Z";

export interface CaseReading {
  readonly testCase: TestCase;
  /** What the case names and the mapping does not have. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A case with everything that it names looked up in the mapping. `known`: all mappings of the project. */
export function readCase(
  test: TestFile,
  { name, node }: CaseNode,
  mapping: Mapping,
  known: readonly Mapping[],
): CaseReading {
  const diagnostics: Diagnostic[] = [];
  const part = (key: string) => childOf(node, key);
  const mappings = readCaseMappings(node, mapping, known, diagnostics);
  const { planned } = mappings;
  const given = readGiven(part("given"), planned, diagnostics);
  const placed = itemsOf(part("links")).flatMap((one) =>
    readLink(one, mappings, diagnostics).map((link) => ({ node: one, link })),
  );
  const links = placed.map(({ link }) => link);
  const ids = idsOf(mappings, given, links);
  diagnostics.push(...linkTroubles(placed, mappings, ids));
  diagnostics.push(...tooLarge(node, given));
  const context = { mappings, ids, diagnostics };
  const next = part("next");
  const now = part("now") ?? childOf(test.root, "now");
  const testCase: TestCase = {
    name,
    at: node.at,
    purpose: textOf(part("purpose")) === "link" ? "link" : "sync",
    with: planned.slice(1).map((one) => one.name),
    now: readNow(now, diagnostics),
    windows: now !== undefined,
    vars: readVars(part("vars"), mapping, diagnostics),
    given,
    grounds: readGrounds(test.root, node, { planned, known }, diagnostics),
    links,
    decisions: itemsOf(part("decisions")).flatMap((one) => readDecision(one, context)),
    expect: readExpectations(part("expect"), "expect", context),
    ...(next && { next: readExpectations(next, "next", context) }),
  };
  return { testCase, diagnostics };
}

function readNow(node: Node | undefined, diagnostics: Diagnostic[]): Date {
  const text = textOf(node) ?? nowDefault;
  const ms = instantMs(isDay(text) ? `${text}T00:00:00Z` : text);
  if (ms !== null) return new Date(ms);
  if (node) {
    const message = `"now" must be a day, or an instant such as 2026-01-31T08:00:00Z. It is ${describe(node)}.`;
    diagnostics.push(errorAt("value-malformed", node.at, message));
  }
  return new Date(nowDefault);
}

function readVars(node: Node | undefined, mapping: Mapping, diagnostics: Diagnostic[]): Fields {
  const known = Object.keys(mapping.vars);
  for (const { key, keyAt } of entriesOf(node)) {
    if (known.includes(key)) continue;
    const help = suggestion(key, known, "Add it under `vars` of the mapping.");
    const message = `The mapping ${mapping.name} has no variable ${quote(key)}.`;
    diagnostics.push(errorAt("vars-unknown", keyAt, message, help));
  }
  return Object.fromEntries(entriesOf(node).map(({ key, value }) => [key, plainValue(value)]));
}

function readGiven(
  node: Node | undefined,
  planned: readonly Mapping[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, readonly GivenRecord[]> {
  return new Map(
    bySource(node, planned, diagnostics).map(({ key, source, value }) => [
      key,
      entriesOf(value).map((entry) => ({
        id: entry.key,
        fields: readFields(entry.value, source.schema, diagnostics),
      })),
    ]),
  );
}

function tooLarge(
  node: Node,
  given: ReadonlyMap<string, readonly GivenRecord[]>,
): readonly Diagnostic[] {
  const records = [...given.values()].reduce((sum, list) => sum + list.length, 0);
  const lists = ["links", "decisions", "expect", "next"].map((key) => ({
    what: key,
    count: itemsOf(childOf(node, key)).length,
    max: entriesMax,
  }));
  return [{ what: "given", count: records, max: recordsMax }, ...lists]
    .filter(({ count, max }) => count > max)
    .map(({ what, count, max }) => {
      const message = `${quote(what)} of the case holds ${count} entries; the limit is ${max}.`;
      return errorAt("case-too-large", childOf(node, what)?.at ?? node.at, message);
    });
}
