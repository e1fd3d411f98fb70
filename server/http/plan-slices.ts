import type { Candidate, Change, ChangeKind, Finding, Held, Plan } from "../../engine/plan/plan.ts";
import type { StoredPlan } from "../../engine/state/service-store.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import type { Value } from "../../engine/value/value.ts";

/* Parts of a plan that fit on a page. Pure functions. */

export interface Slice {
  /** Position in what is found. */
  readonly from: number;
  readonly limit: number;
  /** Looks into labels, addresses, fields and reasons; capitals do not matter. */
  readonly search?: string | undefined;
}

export interface SliceOf<T> {
  readonly found: readonly T[];
  /** How many there are to page through. */
  readonly total: number;
  readonly next?: number;
}

export function changesOf(
  plan: Plan,
  slice: Slice & { readonly kinds?: readonly ChangeKind[] | undefined },
): SliceOf<Change> {
  const { kinds } = slice;
  const wanted = kinds ? plan.changes.filter(({ kind }) => kinds.includes(kind)) : plan.changes;
  return cut(wanted, slice, changeTexts);
}

export function heldOf(plan: Plan, slice: Slice): SliceOf<Held> {
  return cut(plan.held, slice, heldTexts);
}

function cut<T>(
  all: readonly T[],
  { from, limit, search }: Slice,
  texts: (one: T) => Iterable<string>,
): SliceOf<T> {
  const wanted = search?.toLowerCase() ?? "";
  const matching =
    wanted === ""
      ? all
      : all.filter((one) => {
          for (const text of texts(one)) if (text.toLowerCase().includes(wanted)) return true;
          return false;
        });
  const total = matching.length;
  const end = from + limit;
  return { found: matching.slice(from, end), total, ...(end < total ? { next: end } : {}) };
}

function* changeTexts(change: Change): Generator<string> {
  yield change.label;
  yield addressText(change.source);
  yield "id" in change.target ? addressText(change.target) : streamText(change.target);
  if (change.kind === "link") yield change.targetLabel;
  yield change.reason;
  if (!("fields" in change)) return;
  for (const { field, before, after, label } of change.fields) {
    yield field;
    yield valueText(before);
    yield valueText(after);
    if (label !== undefined) yield label;
  }
}

function* heldTexts(held: Held): Generator<string> {
  yield held.label;
  yield addressText(held.source);
  yield held.reason;
  yield held.code;
  for (const candidate of held.candidates) yield* candidateTexts(candidate);
}

function* candidateTexts({ address, label, differences }: Candidate): Generator<string> {
  yield label;
  yield addressText(address);
  for (const { field, source, target } of differences) {
    yield field;
    yield valueText(source);
    yield valueText(target);
  }
}

function valueText(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Records that a finding of a summary lists; its message has their number, and the whole plan all of them. */
const findingRecordsMax = 200;

export function summaryOf({ plan, ...stored }: StoredPlan) {
  const { id, header, digest, readings, rules, guards, estimate, selection } = plan;
  const counts: Record<ChangeKind, number> = {
    create: 0,
    update: 0,
    link: 0,
    retire: 0,
    delete: 0,
    unlink: 0,
  };
  for (const { kind } of plan.changes) counts[kind] += 1;
  const passedOver = plan.passedOver.reduce((sum, { records }) => sum + records.length, 0);
  return {
    ...stored,
    plan: {
      id,
      header,
      digest,
      readings,
      rules,
      guards,
      findings: plan.findings.map(shortened),
      estimate,
      ...(selection ? { selection } : {}),
    },
    counts: { ...counts, held: plan.held.length, passedOver },
  };
}

function shortened(finding: Finding): Finding {
  return { ...finding, records: finding.records.slice(0, findingRecordsMax) };
}
