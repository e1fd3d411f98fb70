import { digest, digestOfMap } from "../value/digest.ts";
import { decideAll } from "./decide-all.ts";
import type { Decision } from "./decision.ts";
import { estimateCalls } from "./estimate.ts";
import { guardPlan } from "./guard.ts";
import type { MappingInput, PlanInput, Reading, RuleInput } from "./input.ts";
import {
  answeredIntents,
  dormantFindings,
  idleDecisions,
  outOfScope,
  readingFindings,
} from "./notes.ts";
import { orderChanges } from "./order.ts";
import type { Plan, PlanHeader, ReadingSummary, RuleSummary } from "./plan.ts";
import { selectChanges, selectHeld, selectPassedOver } from "./select.ts";

/** From everything that was gathered to the plan. Pure: the same input gives the same bytes below the header. */
export function buildPlan(input: PlanInput): Plan {
  const decided = decideAll(input);
  const decisions = decided.map((one) => one.decision);
  const names = decided.map(({ mapping, rule }) => `${mapping.mapping.name}.${rule.rule.name}`);
  const ordered = orderChanges(
    decisions.flatMap((one) => one.changes),
    names,
  );
  const selected = selectChanges(ordered, input.settings);
  const schemas = new Map([...input.readings].map(([name, reading]) => [name, reading.schema]));
  const body = {
    readings: [...input.readings.values()].map(summaryOfReading),
    rules: decided.map((one) => summaryOfRule(one.mapping, one.rule, one.decision)),
    guards: guardPlan(input, selected.changes),
    changes: selected.changes,
    held: selectHeld(
      decisions.flatMap((one) => one.held),
      input.settings,
    ),
    passedOver: selectPassedOver(
      [
        ...decisions.flatMap((one) => [...one.passedOver.values()]),
        ...input.mappings.flatMap((mapping) => outOfScope(input, mapping)),
      ],
      input.settings,
    ),
    findings: [
      ...readingFindings(input),
      ...input.mappings.flatMap(dormantFindings),
      ...input.mappings.flatMap((mapping) => idleDecisions(input, mapping)),
      ...decisions.flatMap((one) => one.findings),
    ],
    nearMatches: decisions.flatMap((one) => one.nearMatches),
    refreshes: decisions.flatMap((one) => one.refreshes),
    answered: [
      ...decisions.flatMap((one) => one.answered),
      ...answeredIntents(input, selected.changes),
    ],
    estimate: estimateCalls(selected.changes, schemas),
    ...(selected.selection ? { selection: selected.selection } : {}),
  };
  return sealPlan(headerOf(input), body);
}

type PlanBody = Omit<Plan, "format" | "id" | "header" | "digest">;

/**
 * Puts the digests on. A plan file is trusted only if they still fit. They are taken over the bytes that JSON gives for
 * the plan, and not over a sorted form: a plan is put together in one order, and a large one would be sorted for longer
 * than it was planned.
 */
export function sealPlan(header: PlanHeader, body: PlanBody): Plan {
  const bodyDigest = digestOfMap(body);
  const id = digest(JSON.stringify({ header, digest: bodyDigest }));
  return { format: 1, id, header, digest: bodyDigest, ...body };
}

function headerOf(input: PlanInput): PlanHeader {
  const { engineVersion, environment, configurationDigest, purpose } = input.settings;
  return {
    engineVersion,
    createdAt: input.now.toISOString(),
    ...(environment === undefined ? {} : { environment }),
    configurationDigest,
    purpose,
  };
}

function summaryOfReading(reading: Reading): ReadingSummary {
  return {
    ...reading.ref,
    records: reading.records.size,
    ended: reading.ended,
    ...(reading.problem ? { problem: reading.problem.message } : {}),
    ...(reading.window ? { window: reading.window } : {}),
  };
}

function summaryOfRule(mapping: MappingInput, input: RuleInput, decision: Decision): RuleSummary {
  const { rule } = input;
  return {
    mapping: mapping.mapping.name,
    rule: rule.name,
    role: input.living ? rule.role : "dormant",
    digest: input.digest,
    source: rule.source.ref,
    target: rule.target.ref,
    at: rule.at,
    fieldsAt: Object.fromEntries(rule.fields.map((field) => [field.field, field.at])),
    inStep: decision.inStep,
    unsettled: decision.unsettled,
    outside: decision.outside,
  };
}
