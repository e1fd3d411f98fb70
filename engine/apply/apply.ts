import type { Clock, Connector } from "../connector/connector.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { listsOf, listText, type Made, madeBy } from "../plan/elsewhere.ts";
import type { Change, Plan } from "../plan/plan.ts";
import type { Accounts } from "../run/bind.ts";
import type { ApplyOptions } from "../run/engine.ts";
import type { EngineEvent } from "../run/events.ts";
import { LeaseLostError, type MappingState, type StateStore } from "../state/store.ts";
import { streamText } from "../value/address.ts";
import { bindMappings } from "./bind-mappings.ts";
import { keepBooks } from "./books.ts";
import { entriesBefore } from "./entries.ts";
import { takeLeases } from "./lease.ts";
import type { ApplyResult, Outcome } from "./outcome.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { stateView } from "./state-check.ts";
import { createVerifier } from "./verify.ts";
import { wavesOf } from "./waves.ts";
import { createWriter, type Writer } from "./write.ts";

export interface ApplyDeps {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly accounts: Accounts;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long the right to write outlives a process that died, milliseconds. Default: one minute. */
  readonly leaseMs?: number;
  readonly observe: (event: EngineEvent) => void;
}

/** What a plan must have been made from to be applied. */
export interface ApplyGround {
  readonly mappings: readonly Mapping[];
  readonly configurationDigest: string;
  readonly phoneCountry: string;
}

/** How long a call that is under way may go on after the run was asked to stop. */
const graceMs = 10_000;

/** Carries out a plan, one recorded step at a time. */
export async function applyPlan(
  plan: Plan,
  ground: ApplyGround,
  deps: ApplyDeps,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const runId = deps.newId();
  const refusal = refusalOf(plan, ground);
  if (refusal && refusal.code !== "plan-refused") return refused(plan, runId, refusal);
  const mappings = [...new Set(plan.rules.map((rule) => rule.mapping))];
  const holder = `${options.startedBy} (run ${runId})`;
  const leases = await takeLeases(mappings, holder, deps, listsOfCreates(plan, ground));
  if (!leases.ok) return refused(plan, runId, busy(leases));
  try {
    if (!(await deps.store.startRun(startOf(plan, runId, mappings, deps, options)))) {
      return refused(plan, runId, used(plan));
    }
    const objection = refusal ?? (await bindMappings(plan, ground.mappings, leases.leases, deps));
    if (objection) {
      await deps.store.finishRun(runId, {
        status: "refused",
        finishedAt: deps.clock.now(),
        note: objection.message,
      });
      return refused(plan, runId, objection);
    }
    const outcomes = await carryOut(plan, ground, { runId, leases, deps, options });
    const status = outcomes.every((outcome) => outcome.status === "applied")
      ? "applied"
      : "partial";
    await deps.store.finishRun(runId, { status, finishedAt: deps.clock.now(), ...noteOf(plan) });
    return { runId, planId: plan.id, status, outcomes };
  } finally {
    await leases.release();
  }
}

/** The lists of systems in which the plan creates records. */
function listsOfCreates(plan: Plan, { mappings }: ApplyGround): readonly string[] {
  const ruleOf = ruleFinder(mappings);
  const lists = plan.changes.flatMap((change) => {
    const { ref, schema } = ruleOf(change).target;
    return change.kind === "create" ? (listText(ref, schema) ?? []) : [];
  });
  return [...new Set(lists)].sort();
}

/** What was made in lists that several mappings create in, by the state as it is now. */
async function loadMade(
  plan: Plan,
  ground: ApplyGround,
  { store }: ApplyDeps,
): Promise<readonly Made[]> {
  const lists = listsOfCreates(plan, ground);
  const sharing = ground.mappings.filter(({ rules }) =>
    lists.some((list) => listsOf(rules).has(list)),
  );
  if (sharing.length < 2) return [];
  const made: Made[] = [];
  for (const mapping of sharing) made.push(...madeBy(mapping, await store.load(mapping.name)));
  return made;
}

/** What the run could not read, for its log. */
function noteOf(plan: Plan): { readonly note?: string } {
  const unread = plan.readings.filter((reading) => !reading.ended);
  if (unread.length === 0) return {};
  return {
    note: unread
      .map((one) => `${streamText(one)}: ${one.problem ?? "not read to its end"}`)
      .join(" "),
  };
}

interface Going {
  readonly runId: string;
  readonly leases: Extract<Awaited<ReturnType<typeof takeLeases>>, { ok: true }>;
  readonly deps: ApplyDeps;
  readonly options: ApplyOptions;
}

async function carryOut(
  plan: Plan,
  ground: ApplyGround,
  going: Going,
): Promise<readonly Outcome[]> {
  const { deps, leases, runId, options } = going;
  const states = new Map<string, MappingState>();
  for (const rule of plan.rules) {
    if (!states.has(rule.mapping)) states.set(rule.mapping, await deps.store.load(rule.mapping));
  }
  await deps.store.addEntries(runId, entriesBefore(plan));
  await keepBooks(plan, states, { store: deps.store, leases: leases.leases });
  const stop = stopSignals(options.signal, leases.lost, deps.clock);
  const ruleOf = ruleFinder(ground.mappings);
  const windows = new Map(plan.readings.map((one) => [streamText(one), one.window]));
  const verifier = createVerifier(plan.changes, {
    ...deps,
    windowOf: (ref) => windows.get(streamText(ref)),
    made: await loadMade(plan, ground, deps),
    ruleOf,
    phoneCountry: ground.phoneCountry,
    signal: stop.hard,
  });
  const writer = createWriter({
    plan,
    runId,
    leases: leases.leases,
    state: stateView(plan, states),
    verifier,
    stop,
    deps,
  });
  try {
    await writeWaves(plan, writer, deps);
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    writer.giveUp(
      "lease-lost",
      "Another process took over this mapping; nothing more was written.",
    );
  } finally {
    stop.done();
  }
  return writer.outcomes();
}

/**
 * Changes whose intents and outcomes are stored together where a system takes one record a call. More would save
 * transactions and leave more records in doubt when the process is killed.
 */
const singlesTogether = 10;

async function writeWaves(plan: Plan, writer: Writer, deps: ApplyDeps): Promise<void> {
  const waves = wavesOf(plan.changes, (change, verb) => {
    const schema = deps.connectors.get(change.target.connection)?.streams[change.target.stream]
      ?.schema;
    const batchMax = verb === "create" || verb === "update" ? schema?.batchMax : undefined;
    const max = (verb === "create" ? batchMax?.create : batchMax?.update) ?? singlesTogether;
    return batchMax?.alike === undefined ? { max } : { max, alike: batchMax.alike };
  });
  for (const wave of waves) await writer.writeWave(wave);
}

/** `soft`: begin nothing new. `hard`: also end what is under way, a while later. */
export interface StopSignals {
  readonly soft: AbortSignal;
  readonly hard: AbortSignal;
  /** Ends the watch. */
  done(): void;
}

function stopSignals(asked: AbortSignal, lost: AbortSignal, clock: Clock): StopSignals {
  const soft = AbortSignal.any([asked, lost]);
  const hard = new AbortController();
  const finished = new AbortController();
  const onStop = () => {
    void clock.sleep(graceMs, finished.signal).then(() => hard.abort());
  };
  if (soft.aborted) onStop();
  else soft.addEventListener("abort", onStop, { once: true, signal: finished.signal });
  return { soft, hard: hard.signal, done: () => finished.abort() };
}

function ruleFinder(mappings: readonly Mapping[]): (change: Change) => Rule {
  const rules = new Map<string, Rule>();
  for (const mapping of mappings) {
    for (const rule of mapping.rules) rules.set(`${mapping.name}.${rule.name}`, rule);
  }
  return (change) => {
    const rule = rules.get(`${change.mapping}.${change.rule}`);
    if (!rule)
      throw new Error(
        `the plan names the rule ${change.mapping}.${change.rule}, which is not there`,
      );
    return rule;
  };
}

function startOf(
  plan: Plan,
  runId: string,
  mappings: readonly string[],
  deps: ApplyDeps,
  options: ApplyOptions,
) {
  return {
    runId,
    planId: plan.id,
    planDigest: plan.digest,
    purpose: plan.header.purpose,
    mappings,
    configurationDigest: plan.header.configurationDigest,
    startedAt: deps.clock.now(),
    startedBy: options.startedBy,
    ...(options.request === undefined ? {} : { request: options.request }),
  };
}

function refused(plan: Plan, runId: string, refusal: Refusal): ApplyResult {
  return { runId, planId: plan.id, status: "refused", refusal, outcomes: [] };
}

function busy(leases: {
  readonly what: string;
  readonly holder: string;
  readonly until: Date;
}): Refusal {
  const message = `${leases.holder} is writing for ${leases.what}. Its right to write ends at ${leases.until.toISOString()} unless it is renewed.`;
  return { code: "mapping-busy", message };
}

function used(plan: Plan): Refusal {
  return {
    code: "plan-used",
    message: `The plan ${plan.id.slice(0, 12)} was applied before. Make a new plan.`,
  };
}
