import type { StreamRecord, WriteResult } from "../connector/connector.ts";
import type { Problem } from "../connector/problem.ts";
import type { Change, FieldChange } from "../plan/plan.ts";
import type { Intent, Link, Settlement } from "../state/store.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Fields, Value } from "../value/value.ts";
import { entryOf } from "./entries.ts";
import type { Outcome } from "./outcome.ts";

/* From what a system answered to what is remembered: pure. */

/** The time of the last write to a target that was only ever linked. */
export const neverWritten = new Date(0);

export interface SettleGround {
  readonly runId: string;
  readonly now: Date;
  /** The link that the source has by the rule, before the change. */
  readonly link: Link | null;
  /** The create of the source by the rule whose answer was lost, if there is one. */
  readonly doubt: Intent | null;
  /** Whether this run has sent the change. The intent of one that it has not is somebody else's question. */
  readonly isSent: boolean;
  readonly ruleDigest: string;
  readonly sequence: number;
}

export function intentOf(change: Change, runId: string, at: Date): Intent {
  const { connection, stream } = change.target;
  return {
    changeId: change.id,
    runId,
    kind: change.kind,
    mapping: change.mapping,
    rule: change.rule,
    source: change.source,
    ...("id" in change.target ? { target: change.target } : {}),
    stream: { connection, stream },
    fields: "fields" in change ? patchOf(change.fields) : {},
    at,
  };
}

export function patchOf(fields: readonly FieldChange[]): Fields {
  return Object.fromEntries(fields.map((field) => [field.field, field.after]));
}

export function outcomeOf(change: Change, result: WriteResult): Outcome {
  if (result.status === "applied") {
    return { changeId: change.id, status: "applied", target: targetOf(change, result.record) };
  }
  const { problem } = result;
  if (problem.code === "cancelled" && problem.applied === "no") {
    return {
      changeId: change.id,
      status: "skipped",
      code: "stopped-early",
      reason: problem.message,
    };
  }
  const status = problem.applied === "maybe" ? "in-doubt" : "failed";
  return { changeId: change.id, status, code: problem.code, reason: reasonOf(problem, status) };
}

function reasonOf(problem: Problem, status: "in-doubt" | "failed"): string {
  const detail = problem.detail ? ` [${problem.detail}]` : "";
  const doubt = status === "in-doubt" ? " The next plan finds out whether it was written." : "";
  return `${problem.message}${doubt}${detail}`;
}

function targetOf(change: Change, record: StreamRecord): RecordAddress {
  const { connection, stream } = change.target;
  return { connection, stream, id: record.id };
}

export function settlementOf(change: Change, outcome: Outcome, ground: SettleGround): Settlement {
  const entry = entryOf(change, outcome, ground.sequence);
  const closeIntent = ground.isSent && outcome.status !== "in-doubt";
  const settled = { changeId: change.id, closeIntent, entry };
  if (outcome.status !== "applied") return settled;
  if (change.kind === "unlink" || change.kind === "delete") {
    return {
      ...settled,
      unlink: { mapping: change.mapping, rule: change.rule, source: change.source },
    };
  }
  if (!outcome.target) throw new Error("an applied change has no target");
  const superseded = change.kind === "link" ? change.supersedes : undefined;
  return {
    ...settled,
    link: linkAfter(change, outcome.target, ground),
    ...(superseded ? { unlink: { mapping: change.mapping, ...superseded } } : {}),
  };
}

function linkAfter(
  change: Exclude<Change, { kind: "unlink" | "delete" }>,
  target: RecordAddress,
  ground: SettleGround,
): Link {
  const written = "fields" in change ? patchOf(change.fields) : {};
  // Another target than before has agreed on nothing yet.
  const isNew = change.kind === "create" || change.kind === "link";
  const before: Fields = isNew ? {} : (ground.link?.baseline ?? {});
  const baseline: Record<string, Value> = {
    ...before,
    ...change.agreed,
    ...written,
  };
  return {
    mapping: change.mapping,
    rule: change.rule,
    source: change.source,
    target,
    origin: originOf(change, ground.link),
    baseline,
    ruleDigest: ground.ruleDigest,
    // A link alone writes nothing to the target, so that any reading shows it; except for one that answers a create,
    // because a system can know a record by its origin before it lists it.
    writtenAt: change.kind === "link" ? (ground.doubt?.at ?? neverWritten) : ground.now,
  };
}

function originOf(change: Change, link: Link | null): Link["origin"] {
  if (change.kind === "create") return "created";
  if (change.kind === "link") return change.decided === "file" ? "manual" : "matched";
  return link?.origin ?? "matched";
}
