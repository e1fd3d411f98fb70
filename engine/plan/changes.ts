import type { StreamRecord } from "../connector/connector.ts";
import type { Situation } from "../mapping/mapping.ts";
import type { Link } from "../state/store.ts";
import { addressText, type RecordAddress } from "../value/address.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { Fields, Value } from "../value/value.ts";
import { referenceTo } from "./compare.ts";
import { addressIn, labelOf, type RuleContext } from "./context.ts";
import type { DecidedPair } from "./decided.ts";
import type { Desired } from "./desire.ts";
import type { Change, ChangeKind, FieldChange } from "./plan.ts";
import { watchedDigest, watchedFields } from "./precondition.ts";

/* The constructors of changes: the only place where a change is put together. */

export interface ChangeSubject {
  readonly source: RecordAddress;
  readonly label: string;
  readonly situation: Situation;
  readonly reason: string;
}

const changeIdLength = 16;

function changeId(context: RuleContext, kind: ChangeKind, source: RecordAddress): string {
  const { mapping, input } = context;
  const parts = [kind, mapping.mapping.name, input.rule.name, addressText(source)];
  return digest(canonicalJson(parts)).slice(0, changeIdLength);
}

function base(
  context: RuleContext,
  kind: ChangeKind,
  subject: ChangeSubject,
  { held, waitsFor = [] }: { readonly held: Fields; readonly waitsFor?: readonly string[] },
) {
  return {
    id: changeId(context, kind, subject.source),
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    ...subject,
    after: waitsFor,
    ...dayOf(context, held),
  };
}

/** The day of a target, where its stream was read by days. */
function dayOf({ targets }: RuleContext, held: Fields): { readonly day?: string } {
  const field = targets.window === undefined ? undefined : targets.schema.window?.field;
  const day = field === undefined ? undefined : held[field];
  return typeof day === "string" ? { day } : {};
}

/** A new counterpart takes the place of the one that the source is linked to. */
function replaced(context: RuleContext, source: RecordAddress) {
  const link = context.input.links.get(source.id);
  return link ? { replaces: link.target } : {};
}

/** Records that have the key and are surely others. */
function except(context: RuleContext, source: RecordAddress) {
  const apart = context.decided.apart.get(source.id);
  return apart ? { except: [...apart.keys()].sort() } : {};
}

function untouched(context: RuleContext, target: StreamRecord) {
  return { digest: watchedDigest(watchedFields(context.input.rule), target) };
}

export function createChange(
  context: RuleContext,
  subject: ChangeSubject,
  desired: readonly Desired[],
  keys: readonly Fields[],
): Change {
  const fields: FieldChange[] = [];
  const agreed: Record<string, Value> = {};
  const waitsFor = new Set<string>();
  for (const one of desired) {
    const { rule, value, change } = one;
    if (change !== undefined) waitsFor.add(change);
    if (value === null && !one.isAwaited) agreed[rule.field] = null;
    else fields.push({ field: rule.field, after: value, why: "new", ...referenceTo(one) });
  }
  const target = context.input.rule.target.ref;
  const held = Object.fromEntries(fields.map(({ field, after }) => [field, after]));
  return {
    kind: "create",
    ...base(context, "create", subject, { held, waitsFor: [...waitsFor] }),
    target,
    fields,
    precondition: { keys, ...except(context, subject.source) },
    agreed,
    ...replaced(context, subject.source),
    ...(context.input.rule.whenReferenced ? { whenReferenced: true } : {}),
  };
}

export function linkChange(
  context: RuleContext,
  subject: ChangeSubject,
  target: StreamRecord,
  how: { readonly agreed: Fields; readonly decided?: DecidedPair },
): Change {
  const { agreed, decided } = how;
  return {
    kind: "link",
    ...base(context, "link", subject, { held: target.fields }),
    target: addressIn(context.targets.ref, target.id),
    targetLabel: labelOf(target, context.targets),
    precondition: untouched(context, target),
    agreed,
    ...(decided ? { decided: decided.by } : {}),
    ...(decided?.supersedes ? { supersedes: decided.supersedes } : {}),
    ...replaced(context, subject.source),
  };
}

export function updateChange(
  context: RuleContext,
  kind: "update" | "retire",
  subject: ChangeSubject,
  target: StreamRecord,
  comparison: {
    readonly changes: readonly FieldChange[];
    readonly agreed: Fields;
    readonly waitsFor?: readonly string[];
  },
): Change {
  const { waitsFor = [] } = comparison;
  return {
    kind,
    ...base(context, kind, subject, { held: target.fields, waitsFor }),
    target: addressIn(context.targets.ref, target.id),
    fields: comparison.changes,
    precondition: untouched(context, target),
    agreed: comparison.agreed,
  };
}

export function unlinkChange(context: RuleContext, subject: ChangeSubject, link: Link): Change {
  const { target } = link;
  return { kind: "unlink", ...base(context, "unlink", subject, { held: {} }), target };
}

export function deleteChange(
  context: RuleContext,
  subject: ChangeSubject,
  target: StreamRecord,
): Change {
  return {
    kind: "delete",
    ...base(context, "delete", subject, { held: target.fields }),
    target: addressIn(context.targets.ref, target.id),
    precondition: untouched(context, target),
  };
}
