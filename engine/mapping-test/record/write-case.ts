import { Document, isMap, isNode, isSeq, parseDocument, YAMLSeq } from "yaml";
import type { Mapping } from "../../mapping/mapping.ts";
import { streamText } from "../../value/address.ts";
import { canonicalJson } from "../../value/canonical-json.ts";
import type { Value } from "../../value/value.ts";
import { namedSources } from "../by-source.ts";
import { ruleOf } from "../case-ids.ts";
import type { CaseMappings } from "../case-mappings.ts";
import type { Expectation, TestCase } from "../mapping-test.ts";

/** Lines of a small map may be so long before it is written over several. */
const flowCharactersMax = 100;

/**
 * The text of a test file with one more case at its end. Comments, blank lines and everything else stay as they are: the
 * new lines are put behind the last case. Only a file that has its cases in brackets is written anew as a whole.
 */
export function withCase(text: string | null, testCase: TestCase, mappings: CaseMappings): string {
  const document = parseDocument(text ?? newFile(mappings.tested));
  const data = caseData(testCase, mappings, defaultsIn(document));
  const cases = document.get("cases");
  const last = isSeq(cases) && !cases.flow ? cases.items.at(-1) : undefined;
  if (text === null || !isSeq(cases) || !isNode(last) || !last.range) {
    document.set("cases", isSeq(cases) ? cases : new YAMLSeq());
    document.addIn(["cases"], nodeOf(document, data));
    return document.toString(style);
  }
  const indent = /^ */.exec(lineOf(text, last.range[0]))?.[0] ?? "";
  const end = last.range[1];
  const before = text.slice(0, end).trimEnd();
  const added = textOf([data]).replace(/^(?=.)/gm, indent);
  return `${before}\n\n${added.trimEnd()}\n${text.slice(end).replace(/^\n/, "")}`;
}

const style = { lineWidth: 0, flowCollectionPadding: true } as const;

function lineOf(text: string, offset: number): string {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1);
}

function textOf(data: readonly Data[]): string {
  const document = new Document();
  document.contents = nodeOf(document, data);
  return document.toString(style);
}

function nodeOf(document: Document, data: unknown) {
  const node = document.createNode(data);
  flowSmallMaps(node);
  return node;
}

function newFile({ name }: Mapping): string {
  return [
    "# yaml-language-server: $schema=./mapping-test.schema.json",
    "#",
    "# What the mapping does, case by case. `syncctl test` runs the cases.",
    "",
    `mapping: ${name}`,
    "",
    "cases:",
    "",
  ].join("\n");
}

/** Whether a file gives records of a source a field that they do not name. */
function defaultsIn(document: Document): (source: string, field: string) => boolean {
  return (source, field) => document.hasIn(["defaults", source, field]);
}

type Data = { readonly [key: string]: unknown };

function caseData(
  testCase: TestCase,
  mappings: CaseMappings,
  hasDefault: (source: string, field: string) => boolean,
): Data {
  const { tested, planned } = mappings;
  const ofOther = (mapping: string) => mapping !== tested.name && { mapping };
  const { name, now, windows, given, grounds, links, decisions, expect, next } = testCase;
  const untold = [...grounds].flatMap(([source, one]) =>
    one.untold.size > 0 ? [[source, [...one.untold].sort()] as const] : [],
  );
  const records = [...given].map(([source, list]) => {
    const fields = list.map((record) => {
      const needed = (field: string, value: Value) =>
        value !== null ||
        hasDefault(source, field) ||
        grounds.get(source)?.untold.has(field) === true ||
        isLinkedTarget(testCase, mappings, source, record.id);
      const entries = Object.entries(record.fields).filter(([field, value]) =>
        needed(field, value),
      );
      return [record.id, Object.fromEntries(entries)] as const;
    });
    return [source, Object.fromEntries(fields)] as const;
  });
  return {
    name,
    ...(testCase.with.length > 0 && { with: [...testCase.with] }),
    ...((windows || planned.some(readsClock)) && { now: now.toISOString() }),
    ...(untold.length > 0 && { untold: Object.fromEntries(untold) }),
    given: Object.fromEntries(records),
    ...(links.length > 0 && {
      links: links.map(({ mapping, rule, source, target, baseline }) => ({
        ...ofOther(mapping),
        rule,
        source,
        target,
        ...(baseline && { baseline }),
      })),
    }),
    ...(decisions.length > 0 && { decisions: decisions.map(decisionData) }),
    expect: expect.map((one) => expectationData(one, ofOther(one.mapping))),
    ...(next && { next: next.map((one) => expectationData(one, ofOther(one.mapping))) }),
  };
}

/** A given target of a link holds what was agreed on where it does not say otherwise, so it says everything. */
function isLinkedTarget(
  { links }: TestCase,
  { planned }: CaseMappings,
  key: string,
  id: string,
): boolean {
  const stream = namedSources(planned).find((one) => one.key === key)?.source.ref;
  return links.some((link) => {
    const rule = ruleOf(link, planned);
    return (
      stream && rule && link.target === id && streamText(rule.target.ref) === streamText(stream)
    );
  });
}

function readsClock(mapping: Mapping): boolean {
  const text = canonicalJson(
    mapping.rules.flatMap((rule) => [
      rule.when?.source ?? "",
      ...rule.fields.flatMap(({ from, when }) => [from.source, when?.source ?? ""]),
    ]),
  );
  return /\$(now|millis|toMillis)\b/.test(text);
}

function decisionData(decision: TestCase["decisions"][number]): Data {
  const { kind, rule, source } = decision;
  return {
    rule,
    [kind]: source.id,
    ...(decision.kind !== "ignore" && { target: decision.target.id }),
  };
}

function expectationData(
  { kind, what, at: _at, mapping: _mapping, ...details }: Expectation,
  other: false | { readonly mapping: string },
): Data {
  return { [kind]: what, ...other, ...details };
}

/** What a person would write on one line: maps and lists of plain values that are short enough. */
function flowSmallMaps(node: unknown): void {
  if (!isMap(node) && !isSeq(node)) return;
  const parts = isMap(node) ? node.items.map(({ value }) => value) : node.items;
  for (const part of parts) flowSmallMaps(part);
  const plain = parts.every((part) => !isMap(part) && !isSeq(part));
  if (plain && JSON.stringify(node.toJSON()).length <= flowCharactersMax) node.flow = true;
}
