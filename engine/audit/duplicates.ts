import { addressIn, type RuleContext } from "../plan/context.ts";
import type { Held } from "../plan/plan.ts";
import { addressText, streamText } from "../value/address.ts";
import { shown } from "../value/shown.ts";
import type { AuditCandidate, AuditFinding, AuditRecord, AuditValue } from "./finding.ts";
import { type Ground, namesOf, sourceRecord, targetRecord } from "./ground.ts";
import type { NearMisses } from "./near-misses.ts";
import { countOf, inWords } from "./sentence.ts";
import type { Member, Shared, SharedKeys } from "./shared-keys.ts";

/*
 * Two records of one side with one key. No run could tell which of them is meant, and whoever is in a list twice would
 * become two on the other side.
 */

export function duplicateFindings(
  ground: Ground,
  { sources, targets }: SharedKeys,
  near: NearMisses,
): readonly AuditFinding[] {
  const unclear = unclearByCandidate(ground);
  return [
    ...sources.map((shared) => ofSources(shared, near)),
    ...targets.map((shared) => ofTargets(shared, unclear)),
  ];
}

function ofSources(shared: Shared, near: NearMisses): AuditFinding {
  const { context } = first(shared);
  const { noun } = context.sources.schema;
  const records = shared.members.map((member) => sourceRecord(member.context, member.record));
  const found = finding(shared, "high", records, {
    message: `${records.length} ${noun.many} have the same ${valuesText(shared.values)}.`,
    todo: `Correct ${fieldsText(shared.values)} on all but one of them in ${streamText(context.sources.ref)}, or merge them if they are one ${noun.one}.`,
  });
  return { ...found, candidates: shared.members.flatMap((member) => nearOf(member, near)) };
}

function ofTargets(shared: Shared, unclear: Unclear): AuditFinding {
  const { context } = first(shared);
  const { noun } = context.targets.schema;
  const records = shared.members.map((member) => targetRecord(member.context, member.record));
  const waiting = waitingFor(records, unclear);
  const follows = consequence(shared, waiting);
  return finding(shared, shared.wanted ? "high" : "low", [...records, ...waiting], {
    message: `${records.length} ${noun.many} have the same ${valuesText(shared.values)}.${follows}`,
    todo: `Correct ${fieldsText(shared.values)} on all but one of them in ${streamText(context.targets.ref)}, or merge them if they are one ${noun.one}.`,
  });
}

/** Who of them perhaps has a counterpart of another key: then it is known whose key is wrong. */
function nearOf({ context, record }: Member, near: NearMisses): readonly AuditCandidate[] {
  const of = addressIn(context.sources.ref, record.id);
  return near.candidatesOf(context, record.id).map((candidate) => ({ ...candidate, of }));
}

/** Held source records by the texts of the addresses of their candidates. */
type Unclear = ReadonlyMap<string, readonly Held[]>;

function unclearByCandidate(ground: Ground): Unclear {
  const unclear = new Map<string, Held[]>();
  for (const held of ground.linking.held) {
    if (held.code !== "ambiguous") continue;
    for (const { address } of held.candidates) {
      const known = unclear.get(addressText(address));
      if (known) known.push(held);
      else unclear.set(addressText(address), [held]);
    }
  }
  return unclear;
}

/** Source records that cannot be matched, because the key leads to all of these. */
function waitingFor(targets: readonly AuditRecord[], unclear: Unclear): readonly AuditRecord[] {
  const waiting = new Set(
    targets.flatMap(({ address }) => unclear.get(addressText(address)) ?? []),
  );
  return [...waiting].map(({ source, label }) => ({ side: "source", address: source, label }));
}

function consequence(shared: Shared, waiting: readonly AuditRecord[]): string {
  const { noun } = first(shared).context.sources.schema;
  if (!shared.wanted) return ` No ${noun.one} has it, so nothing follows from it now.`;
  const [one] = waiting;
  if (!one) return "";
  const who = waiting.length === 1 ? one.label : countOf(waiting.length, noun);
  return ` ${who} cannot be matched because of it.`;
}

function first({ members }: Shared): Member {
  const [member] = members;
  if (!member) throw new Error("nobody shares the key");
  return member;
}

function finding(
  shared: Shared,
  severity: AuditFinding["severity"],
  records: readonly AuditRecord[],
  text: Pick<AuditFinding, "message" | "todo">,
): AuditFinding {
  const { context }: { readonly context: RuleContext } = first(shared);
  return {
    severity,
    code: shared.matches ? "duplicate-key" : "duplicate-identifier",
    ...namesOf(context),
    records,
    ...text,
    values: shared.values,
    candidates: [],
  };
}

/** `email "ann@x.example" and employee_number "1004"` */
function valuesText(values: readonly AuditValue[]): string {
  return inWords(values.map((one) => `${one.field} ${shown(one.source ?? one.target)}`));
}

function fieldsText(values: readonly AuditValue[]): string {
  return inWords(values.map(({ field }) => field));
}
