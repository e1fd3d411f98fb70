import { count, fieldReasonText, listed } from "../../../../../cli/render/words.ts";
import { placeText } from "../../../../../engine/config/place.ts";
import type {
  Change,
  ChangeKind,
  FieldChange,
  RuleSummary,
} from "../../../../../engine/plan/plan.ts";
import { addressText, streamText } from "../../../../../engine/value/address.ts";
import type { Value } from "../../../../../engine/value/value.ts";

/* One change of a plan as a person reads it. */

export interface FieldShown {
  readonly field: string;
  /** Absent for what is made anew: there was nothing before. */
  readonly before?: { readonly value: Value | undefined };
  readonly after: Value;
  /** The name of the record that an id refers to. */
  readonly refersTo?: string;
  /** The record that it refers to is made by this plan, so that its id is not known yet. */
  readonly onceCreated?: string;
  /** What both sides agreed on last, where somebody has changed the target since. */
  readonly agreed?: { readonly value: Value };
  readonly why: string;
  /** `mappings/people.yaml:17:7` */
  readonly place: string;
}

export interface ChangeShown {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly label: string;
  readonly source: string;
  readonly target: string;
  readonly reason: string;
  readonly fields: readonly FieldShown[];
  /** Where fields are left empty on both sides, or equal already, and nothing is sent for them. */
  readonly rest?: string;
  /** Changes that must have been applied first, in words. */
  readonly waitsFor: readonly string[];
  /** How many others wait for it, in words. */
  readonly neededBy?: string;
  readonly place: string;
}

/** What a kind of change does, as a heading and as a verb of a sentence. */
export const kindWords: Readonly<
  Record<ChangeKind, { readonly title: string; readonly past: string; readonly plain: string }>
> = {
  create: { title: "Create", past: "created", plain: "to create" },
  link: { title: "Link", past: "linked", plain: "to link" },
  update: { title: "Update", past: "updated", plain: "to update" },
  retire: { title: "Retire", past: "retired", plain: "to retire" },
  unlink: { title: "Forget the link", past: "unlinked", plain: "to unlink" },
  delete: { title: "Delete for good", past: "deleted for good", plain: "to delete" },
};

export function labelShown(label: string): string {
  return label.trim() === "" ? "(no name)" : label;
}

export function changeShown(
  change: Change,
  context: {
    readonly rule: RuleSummary | undefined;
    readonly changes: ReadonlyMap<string, Change>;
    readonly waiting: number;
  },
): ChangeShown {
  const { rule, changes, waiting } = context;
  const target = "id" in change.target ? addressText(change.target) : streamText(change.target);
  const rest = restText(change);
  return {
    id: change.id,
    kind: change.kind,
    label: labelShown(change.label),
    source: addressText(change.source),
    target: change.kind === "link" ? `${target} (${labelShown(change.targetLabel)})` : target,
    reason: change.reason,
    fields: fieldsOf(change).map((field) => fieldShown(field, change, rule)),
    ...(rest === undefined ? {} : { rest }),
    waitsFor: change.after.flatMap((id) => {
      const first = changes.get(id);
      if (first === undefined) return [];
      const where = first.mapping === change.mapping ? "" : ` by ${first.mapping}`;
      return [`${labelShown(first.label)} is ${kindWords[first.kind].past}${where}`];
    }),
    ...(waiting > 0
      ? {
          neededBy: `${count(waiting, "other change")} of this plan ${waiting === 1 ? "waits" : "wait"} for it.`,
        }
      : {}),
    place: rule ? placeText(rule.at) : "",
  };
}

function fieldsOf(change: Change): readonly FieldChange[] {
  return "fields" in change ? change.fields : [];
}

function fieldShown(field: FieldChange, change: Change, rule: RuleSummary | undefined): FieldShown {
  const place = rule?.fieldsAt[field.field] ?? rule?.at;
  const drifted = field.why === "drift" || field.why === "source-changed-and-drift";
  const awaited = field.after === null && field.awaits !== undefined;
  return {
    field: field.field,
    ...(change.kind === "create" ? {} : { before: { value: field.before } }),
    after: field.after,
    ...(field.label === undefined || awaited ? {} : { refersTo: labelShown(field.label) }),
    ...(awaited ? { onceCreated: labelShown(field.label ?? "") } : {}),
    ...(drifted && field.baseline !== undefined ? { agreed: { value: field.baseline } } : {}),
    why: field.why === "new" ? "" : fieldReasonText[field.why],
    place: place ? placeText(place) : "",
  };
}

/** How many fields both sides hold already, so that nobody wonders where they are. */
function restText(change: Change): string | undefined {
  if (!("agreed" in change)) return undefined;
  const names = Object.keys(change.agreed);
  if (names.length === 0) return undefined;
  if (change.kind === "create")
    return `${listed(names)} ${names.length === 1 ? "stays" : "stay"} empty.`;
  return `${listed(names)} ${names.length === 1 ? "is" : "are"} equal already.`;
}

/** Everything of a change that a person may look for, in small letters. Worked out once a change: plans are long. */
const texts = new WeakMap<Change, string>();

export function searched(change: Change): string {
  const known = texts.get(change);
  if (known !== undefined) return known;
  const parts = [
    change.label,
    change.mapping,
    change.rule,
    change.reason,
    addressText(change.source),
    "id" in change.target ? addressText(change.target) : streamText(change.target),
    change.kind === "link" ? change.targetLabel : "",
    ...fieldsOf(change).flatMap(({ field, before, after, label }) => [
      field,
      textOf(before),
      textOf(after),
      label ?? "",
    ]),
  ];
  const text = parts.join("\n").toLowerCase();
  texts.set(change, text);
  return text;
}

function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
