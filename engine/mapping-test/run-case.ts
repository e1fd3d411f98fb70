import type { ApplyResult } from "../apply/outcome.ts";
import type { Project } from "../config/project.ts";
import type { Clock } from "../connector/connector.ts";
import type { Mapping, Source } from "../mapping/mapping.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { PlanInput } from "../plan/input.ts";
import type { Plan } from "../plan/plan.ts";
import type { Engine } from "../run/engine.ts";
import { openEngine } from "../run/open-engine.ts";
import { memoryStore } from "../state/memory-store.ts";
import { caseMappings } from "./case-mappings.ts";
import { compareEntries } from "./compare.ts";
import { entriesOf, isChange } from "./entries.ts";
import type { Entry, Failure, TestCase } from "./mapping-test.ts";
import { makeWorld } from "./world.ts";
import { worldConnectors } from "./world-connectors.ts";

export interface CaseGround {
  readonly project: Project;
  readonly mapping: Mapping;
}

export interface CaseRun {
  readonly failures: readonly Failure[];
  /** What the plan of what is given says. */
  readonly entries: readonly Entry[];
  readonly input: PlanInput;
}

/** Plans a case and holds the plan against what was expected; then applies it in memory, and plans again. */
export async function runCase(testCase: TestCase, ground: CaseGround): Promise<CaseRun> {
  const opened = await openCase(testCase, ground);
  const first = await planNow(opened, testCase.purpose);
  const entries = entriesOf(first.input, first.plan);
  const failures = compareEntries(testCase.expect, entries, "expect");
  const run = { entries, input: first.input };
  // What follows from a plan that is not the one that was meant says nothing more.
  if (failures.length > 0) return { ...run, failures };
  return { ...run, failures: await afterwards(testCase, opened, first.plan, entries) };
}

/** What the plan of a case says, without anything being expected. */
export async function planCase(testCase: TestCase, ground: CaseGround): Promise<readonly Entry[]> {
  const opened = await openCase(testCase, ground);
  const { input, plan } = await planNow(opened, testCase.purpose);
  return entriesOf(input, plan);
}

/** What the plan after that says, once everything of the first one was applied. */
export async function planCaseAgain(
  testCase: TestCase,
  ground: CaseGround,
): Promise<readonly Entry[]> {
  const opened = await openCase(testCase, ground);
  const { plan } = await planNow(opened, testCase.purpose);
  await applyNow(opened.engine, plan);
  const { input, plan: second } = await planNow(opened, "sync");
  return entriesOf(input, second);
}

/** Guards ask whether a plan is larger than anyone meant. A case is as large as its author made it. */
const limitsOfCases = {
  create: 1,
  update: 1,
  retire: 1,
  delete: 1,
  shrink: 0,
  minimum: Number.MAX_SAFE_INTEGER,
} as const;

interface OpenCase {
  readonly engine: Engine;
  /** Names of the mappings that are planned. */
  readonly planned: readonly string[];
}

/** The project with its mappings as the case wants them, and everything outside of it in memory. */
async function openCase(testCase: TestCase, ground: CaseGround): Promise<OpenCase> {
  const known = ground.project.mappings.map((one) => mappingOfCase(one, testCase, ground));
  const tested = mappingOfCase(ground.mapping, testCase, ground);
  const mappings = caseMappings(tested, testCase.with, known);
  const project = {
    ...ground.project,
    mappings: [tested, ...known.filter(({ name }) => name !== tested.name)],
  };
  const { phoneCountry } = project;
  const world = await makeWorld(testCase, { mappings, phoneCountry });
  const clock = standingClock(testCase.now);
  const store = memoryStore(clock);
  for (const link of world.links) await store.addLink(link);
  let runs = 0;
  const newId = () => {
    runs += 1;
    return `run-${runs}`;
  };
  const engine = openEngine(project, {
    connectors: worldConnectors(world, project),
    store,
    clock,
    random: () => 0,
    newId,
    observe: () => {},
    version: "test",
  });
  return { engine, planned: mappings.planned.map(({ name }) => name) };
}

/** What people have decided, and variables of a case, are about the tested mapping. */
function mappingOfCase(mapping: Mapping, testCase: TestCase, ground: CaseGround): Mapping {
  const isTested = mapping.name === ground.mapping.name;
  const own: Mapping = {
    ...mapping,
    vars: isTested ? { ...mapping.vars, ...testCase.vars } : mapping.vars,
    limits: limitsOfCases,
    decisions: isTested ? testCase.decisions : [],
  };
  return testCase.windows ? own : withoutWindows(own);
}

function withoutWindows(mapping: Mapping): Mapping {
  const whole = ({ window: _days, ...source }: Source): Source => source;
  return {
    ...mapping,
    sources: mapping.sources.map(whole),
    rules: mapping.rules.map((rule) => ({
      ...rule,
      source: whole(rule.source),
      target: whole(rule.target),
    })),
  };
}

/** It is always the same time. Nothing in memory has to be waited for: what sleeps is woken by its signal. */
function standingClock(now: Date): Clock {
  return {
    now: () => new Date(now),
    sleep: (_milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) resolve();
        else signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
}

async function planNow(
  { engine, planned }: OpenCase,
  purpose: "sync" | "link",
): Promise<{ readonly input: PlanInput; readonly plan: Plan }> {
  const { signal } = new AbortController();
  const options = { purpose, allow: [], only: [], exclude: [], signal } as const;
  const input = await engine.gather({ ...options, mappings: planned });
  return { input, plan: buildPlan(input) };
}

async function applyNow(engine: Engine, plan: Plan): Promise<ApplyResult["outcomes"]> {
  const { signal } = new AbortController();
  const { outcomes, refusal } = await engine.apply(plan, { startedBy: "test", signal });
  if (refusal) throw new Error(`a plan that nothing stands against is refused: ${refusal.message}`);
  return outcomes;
}

/**
 * A sync must come to rest: what was written is read back as it was meant, and nothing is written a second time. After
 * a linking run an update is what is meant, so that it is looked at only where the case says what it is.
 */
async function afterwards(
  testCase: TestCase,
  opened: OpenCase,
  plan: Plan,
  entries: readonly Entry[],
): Promise<readonly Failure[]> {
  const { next, purpose } = testCase;
  if ((purpose === "link" && !next) || plan.guards.some(({ allowed }) => !allowed)) return [];
  const outcomes = await applyNow(opened.engine, plan);
  const undone = outcomes.flatMap((outcome): readonly Failure[] => {
    const change = plan.changes.find(({ id }) => id === outcome.changeId);
    const actual = entries.find(
      ({ kind, what, mapping, rule }) =>
        kind === change?.kind &&
        what === change.source.id &&
        mapping === change.mapping &&
        rule === change.rule,
    );
    if (outcome.status === "applied" || !actual) return [];
    return [{ kind: "not-applied", actual, reason: outcome.reason ?? "" }];
  });
  if (undone.length > 0) return undone;
  const second = await planNow(opened, "sync");
  const again = entriesOf(second.input, second.plan);
  if (next) return compareEntries(next, again, "next");
  return again.filter(isChange).map((actual): Failure => ({ kind: "again", actual }));
}
