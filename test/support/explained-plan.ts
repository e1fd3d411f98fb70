import { expect } from "vitest";
import { explanationText } from "../../cli/render/explain-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import { explainIn } from "../../engine/explain/explain.ts";
import type { Explanation, RuleExplanation } from "../../engine/explain/explanation.ts";
import { mappingView } from "../../engine/explain/view.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { MappingInput, PlanInput } from "../../engine/plan/input.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { addressText, type RecordAddress, streamText } from "../../engine/value/address.ts";

/*
 * The explanations of all records together say what the plan says, no more and no less: every change, every held and
 * every passed-over record, what is listed, and how many are in step or outside of the days that were read.
 */

const signal = new AbortController().signal;
export const options = { allow: [], only: [], exclude: [], signal } as const;

/** What was met so far, with how often. */
export const reached = new Map<string, number>();

function note(what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

/** Every record that a reading or the state knows. */
function addressesOf(input: PlanInput): readonly RecordAddress[] {
  const read = [...input.readings.values()].flatMap(({ ref, records }) =>
    [...records.keys()].map((id) => ({ ...ref, id })),
  );
  const stated = input.mappings.flatMap(({ links, rules }) => [
    ...links.flatMap(({ source, target }) => [source, target]),
    ...rules.flatMap(({ intents }) => intents.map(({ source }) => source)),
  ]);
  const all = new Map([...read, ...stated].map((address) => [addressText(address), address]));
  return [...all.values()];
}

/** What is said of a record itself, not of one that it belongs to. */
function ownRules({ record, rules }: Explanation): readonly RuleExplanation[] {
  return rules.filter(({ subject }) => addressText(subject) === addressText(record));
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted();
}

function checkRule({ end, fields, scope, match }: RuleExplanation, purpose: string): void {
  note(`end ${end.kind}`);
  note(`scope ${scope.kind}`);
  if (match) note(`match ${match.standing}`);
  for (const { outcome } of fields) note(`field ${outcome}`);
  const written = fields
    .filter(({ outcome }) => outcome === "written")
    .map(({ field, given, reason }) => JSON.stringify([field, given, reason]));
  const planned =
    end.kind === "change"
      ? end.changes.flatMap((change) => ("fields" in change ? change.fields : []))
      : [];
  expect(sorted(written)).toEqual(
    sorted(planned.map(({ field, after, why }) => JSON.stringify([field, after, why]))),
  );
  if (end.kind === "in-step" && purpose === "sync") {
    const open = fields.filter(({ outcome }) => outcome === "waits");
    expect(open).toEqual([]);
  }
}

function checkText(explanation: Explanation): void {
  const text = explanationText(explanation, { paint: plainPaint, brief: false, timeZone: "UTC" });
  expect(text).not.toMatch(/undefined|\[object|NaN/);
  expect(explanation.answer).toMatch(/\S.*[.]$/s);
}

/** Explains every record and holds the sum against the plan. */
export function checkPlan(input: PlanInput, whole: Plan): readonly Explanation[] {
  return input.mappings.flatMap((mapping) => checkMapping(input, whole, mapping));
}

function checkMapping(
  input: PlanInput,
  whole: Plan,
  mapping: MappingInput,
): readonly Explanation[] {
  const { name, sources } = mapping.mapping;
  const plan = ofMapping(whole, name);
  const streams = sources.map(({ ref }) => streamText(ref));
  const view = mappingView(input, whole, mapping, {});
  const explanations = addressesOf(input)
    .filter((address) => streams.includes(streamText(address)))
    .map((address) => explainIn(view, address));
  for (const explanation of explanations) {
    note(`kind ${explanation.kind}`);
    checkText(explanation);
    for (const rule of explanation.rules) checkRule(rule, plan.header.purpose);
  }
  const own = explanations.flatMap((one) => ownRules(one));
  const ends = own.map(({ end }) => end);
  expect(
    sorted(ends.flatMap((end) => (end.kind === "change" ? end.changes.map(({ id }) => id) : []))),
  ).toEqual(sorted(plan.changes.map(({ id }) => id)));
  const heldText = (one: {
    readonly code: string;
    readonly rule: string;
    readonly source: RecordAddress;
  }) => `${one.code} ${one.rule} ${addressText(one.source)}`;
  expect(sorted(ends.flatMap((end) => (end.kind === "held" ? heldText(end.held) : [])))).toEqual(
    sorted(plan.held.map(heldText)),
  );
  expect(sorted(passedOverSaid(explanations))).toEqual(sorted(passedOverPlanned(plan)));
  checkFindings(plan, explanations);
  for (const { rule, inStep, unsettled, outside } of plan.rules) {
    const count = (kind: string) =>
      own.filter((one) => one.rule === rule && one.end.kind === kind).length;
    expect([rule, count("in-step"), count("unsettled"), count("outside")]).toEqual([
      rule,
      inStep,
      unsettled,
      outside,
    ]);
  }
  return explanations;
}

function ofMapping(plan: Plan, name: string): Plan {
  const own = <T extends { readonly mapping: string }>(list: readonly T[]) =>
    list.filter(({ mapping }) => mapping === name);
  return {
    ...plan,
    rules: own(plan.rules),
    changes: own(plan.changes),
    held: own(plan.held),
    passedOver: own(plan.passedOver),
    findings: own(plan.findings),
  };
}

/** Findings that name records name those of which the same is said. */
function checkFindings({ findings }: Plan, explanations: readonly Explanation[]): void {
  const said = explanations.flatMap((one) => [
    ...one.unmanaged
      .filter(({ reported }) => reported)
      .map(({ rule }) => ({ code: "unmanaged", rule, record: one.record })),
    ...ownRules(one).flatMap(({ rule, end }) =>
      end.kind === "reported" ? [{ code: end.code, rule, record: one.record }] : [],
    ),
  ]);
  const listed = ["unmanaged", "source-left", "source-gone"];
  const told = findings.filter(({ code }) => listed.includes(code));
  for (const { code, rule, records } of told) {
    note(code);
    const same = said.filter((one) => one.code === code && one.rule === rule);
    expect(sorted(same.map(({ record }) => addressText(record)))).toEqual(
      sorted(records.map(({ address }) => addressText(address))),
    );
  }
  // What nothing belongs to is listed by the plans of ordinary runs only.
  const reported = said.filter(({ code }) => code !== "unmanaged");
  const codes = told.map(({ code }) => code);
  expect(reported.filter(({ code }) => !codes.some((one) => one === code))).toEqual([]);
}

function passedOverSaid(explanations: readonly Explanation[]): readonly string[] {
  return explanations.flatMap((one) => [
    ...(one.passedOver ? [`${one.passedOver.code} - ${addressText(one.record)}`] : []),
    ...ownRules(one).flatMap(({ end, rule }) =>
      end.kind === "passed-over" ? [`${end.code} ${rule} ${addressText(one.record)}`] : [],
    ),
  ]);
}

function passedOverPlanned(plan: Plan): readonly string[] {
  return plan.passedOver.flatMap((group) =>
    group.records.map(
      ({ address }) => `${group.code} ${group.rule ?? "-"} ${addressText(address)}`,
    ),
  );
}

export async function checkEngine(engine: Engine): Promise<Plan> {
  const input = await engine.gather({ ...options, purpose: "sync" });
  const plan = buildPlan(input);
  checkPlan(input, plan);
  const linking = await engine.gather({ ...options, purpose: "link" });
  checkPlan(linking, buildPlan(linking));
  return plan;
}
