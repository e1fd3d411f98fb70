import type { Code } from "../codes.ts";
import type { Connector, Stream } from "../connector/connector.ts";
import type { Change, Plan } from "../plan/plan.ts";
import type { Lease } from "../state/store.ts";
import { addressText, streamText } from "../value/address.ts";
import type { ApplyDeps, StopSignals } from "./apply.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { firstSequence } from "./entries.ts";
import type { Outcome } from "./outcome.ts";
import { perform, type Ready } from "./perform.ts";
import { withReferences } from "./references.ts";
import { intentOf, outcomeOf, settlementOf } from "./settlement.ts";
import type { StateView } from "./state-check.ts";
import type { Verifier } from "./verify.ts";
import type { Batch } from "./waves.ts";

/** Batches under way at once. The connections have limits of their own below this. */
const batchesAtOnce = 4;

export interface WriterGround {
  readonly plan: Plan;
  readonly runId: string;
  readonly leases: readonly Lease[];
  readonly state: StateView;
  readonly verifier: Verifier;
  readonly stop: StopSignals;
  readonly deps: ApplyDeps;
}

export interface Writer {
  writeWave(batches: readonly Batch[]): Promise<void>;
  /** Gives every change that has no outcome yet this one, without touching the store. */
  giveUp(code: Code, reason: string): void;
  /** In the order of the plan. */
  outcomes(): readonly Outcome[];
}

/** What is known while a plan is written. */
interface Progress extends WriterGround {
  readonly outcomesById: Map<string, Outcome>;
  readonly breaker: Breaker;
  readonly sequences: ReadonlyMap<string, number>;
  readonly ruleDigests: ReadonlyMap<string, string>;
}

/** Writes batches: intent, call, settlement. Every change of the plan gets exactly one outcome. */
export function createWriter(ground: WriterGround): Writer {
  const progress = progressOf(ground);
  const { plan } = ground;
  const { outcomesById } = progress;
  return {
    async writeWave(batches) {
      const queue = [...batches];
      const lanes = Array.from({ length: batchesAtOnce }, async () => {
        for (let batch = queue.shift(); batch; batch = queue.shift())
          await writeBatch(progress, batch);
      });
      const ends = await Promise.allSettled(lanes);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
    giveUp(code, reason) {
      for (const { id } of plan.changes) {
        if (!outcomesById.has(id))
          outcomesById.set(id, { changeId: id, status: "skipped", code, reason });
      }
    },
    outcomes: () =>
      plan.changes.map(({ id }) => {
        const outcome = outcomesById.get(id);
        if (!outcome) throw new Error(`the change ${id} has no outcome`);
        return outcome;
      }),
  };
}

function progressOf(ground: WriterGround): Progress {
  const { plan } = ground;
  const before = firstSequence(plan);
  return {
    ...ground,
    outcomesById: new Map(),
    breaker: createBreaker(),
    sequences: new Map(plan.changes.map((change, index) => [change.id, before + index])),
    ruleDigests: new Map(plan.rules.map((rule) => [`${rule.mapping} ${rule.rule}`, rule.digest])),
  };
}

async function writeBatch(progress: Progress, batch: Batch): Promise<void> {
  const { ready, settled } = await sift(progress, batch.changes);
  await settle(progress, settled, { isSent: false });
  if (ready.length === 0) return;
  if (batch.verb === "state") {
    return settle(
      progress,
      ready.map(({ change }) => ({ change, outcome: stateOutcome(change) })),
      { isSent: false },
    );
  }
  const { deps, leases, runId, stop } = progress;
  const now = deps.clock.now();
  await deps.store.begin(
    leases,
    ready.map(({ change }) => intentOf(change, runId, now)),
  );
  const stream = streamOf(deps.connectors, batch);
  const results = await perform(batch.verb, stream, ready, { signal: stop.hard, stop: stop.soft });
  await settle(
    progress,
    ready.map(({ change }, index) => {
      const result = results[index];
      if (!result)
        throw new Error(
          `${results.length} results for ${ready.length} changes of ${streamText(change.target)}`,
        );
      return { change, outcome: honest(progress, change, outcomeOf(change, result)) };
    }),
    { isSent: true },
  );
}

/** A system that answers a create with a record that belongs to somebody else has created nothing for us. */
function honest(progress: Progress, change: Change, outcome: Outcome): Outcome {
  if (change.kind !== "create" || outcome.status !== "applied" || !outcome.target) return outcome;
  const holder = progress.state.holder(change, outcome.target);
  if (!holder) return outcome;
  const reason = `The system answered with ${addressText(outcome.target)}, which is linked to ${addressText(holder)}. Find out which of the two is right.`;
  return { changeId: change.id, status: "failed", code: "already-exists", reason };
}

interface Settled {
  readonly change: Change;
  readonly outcome: Outcome;
}

/** Those that can be written now, and the outcomes of those that cannot. */
async function sift(
  progress: Progress,
  changes: readonly Change[],
): Promise<{ readonly ready: readonly Ready[]; readonly settled: readonly Settled[] }> {
  const ready: Ready[] = [];
  const settled: Settled[] = [];
  for (const change of changes) {
    const obstacle = obstacleOf(progress, change);
    const verdict = obstacle ? null : await progress.verifier.verify(change);
    if (obstacle) settled.push({ change, outcome: obstacle });
    else if (verdict?.ok) {
      const whole = withReferences(change, progress.outcomesById);
      ready.push({ change: whole, record: verdict.record });
    } else if (verdict) {
      const status = verdict.code === "not-verified" ? "failed" : "stale";
      settled.push({
        change,
        outcome: { changeId: change.id, status, code: verdict.code, reason: verdict.reason },
      });
    }
  }
  return { ready, settled };
}

/** Why a change is not to be tried, as far as that can be told without asking the system. */
function obstacleOf(progress: Progress, change: Change): Outcome | null {
  const { stop, outcomesById, breaker, state } = progress;
  const changeId = change.id;
  if (stop.soft.aborted) {
    const reason = "The run was stopped before this change.";
    return { changeId, status: "skipped", code: "stopped-early", reason };
  }
  const waited = change.after
    .map((id) => outcomesById.get(id))
    .find((one) => one?.status !== "applied");
  if (waited) {
    const reason = `A change that must come first was not applied: ${waited.reason ?? ""}`;
    return { changeId, status: "skipped", code: "waits-for", reason };
  }
  const trouble = breaker.openedBy(change.target.connection);
  if (trouble !== null) {
    const reason = `Not tried after repeated trouble with ${change.target.connection}: ${trouble}`;
    return { changeId, status: "skipped", code: "stopped-early", reason };
  }
  const objection = state.objection(change);
  return objection
    ? { changeId, status: "stale", code: "stale", reason: `${objection} Plan again.` }
    : null;
}

async function settle(
  progress: Progress,
  settled: readonly Settled[],
  { isSent }: { readonly isSent: boolean },
): Promise<void> {
  if (settled.length === 0) return;
  const { deps, leases, runId, plan, outcomesById, breaker } = progress;
  const now = deps.clock.now();
  const settlements = settled.map(({ change, outcome }) =>
    settlementOf(change, outcome, {
      runId,
      now,
      link: progress.state.link(change),
      doubt: progress.state.doubt(change),
      isSent,
      ruleDigest: progress.ruleDigests.get(`${change.mapping} ${change.rule}`) ?? "",
      sequence: progress.sequences.get(change.id) ?? 0,
    }),
  );
  await deps.store.settle(leases, runId, settlements);
  for (const settlement of settlements) progress.state.note(settlement);
  for (const { change, outcome } of settled) {
    outcomesById.set(change.id, outcome);
    breaker.note(change.target.connection, outcome);
    deps.observe({ kind: "settled", change, outcome });
  }
  deps.observe({ kind: "applying", done: outcomesById.size, of: plan.changes.length });
}

function stateOutcome(change: Change): Outcome {
  const target = "id" in change.target ? { target: change.target } : {};
  return { changeId: change.id, status: "applied", ...target };
}

function streamOf(connectors: ReadonlyMap<string, Connector>, batch: Batch): Stream {
  const [first] = batch.changes;
  const stream = first && connectors.get(first.target.connection)?.streams[first.target.stream];
  if (!stream) throw new Error("a batch has no stream");
  return stream;
}
