import { compare } from "../plan/compare.ts";
import type { RuleContext } from "../plan/context.ts";
import { desire } from "../plan/desire.ts";
import type { Change, FieldChange } from "../plan/plan.ts";
import { addressText } from "../value/address.ts";
import type { AuditFinding, FieldCount } from "./finding.ts";
import type { Ground } from "./ground.ts";
import { inWords } from "./sentence.ts";

/*
 * What the first sync will change in records that are there. A plan made before the linking run does not show it for
 * records that are still to be linked; here it is worked out as if they were.
 */

/** Examples of one field; enough to see what kind of change it is. */
const examplesMax = 3;

export interface FirstChanges {
  readonly findings: readonly AuditFinding[];
  readonly fields: readonly FieldCount[];
}

interface Written {
  readonly change: Change;
  readonly label: string;
  readonly fields: readonly FieldChange[];
}

export function firstChanges(ground: Ground): FirstChanges {
  const written = [...afterLinking(ground), ...planned(ground)];
  const told = written
    .map((one) => ({ ...one, fields: one.fields.filter(isTold) }))
    .filter(({ fields, change }) => fields.length > 0 || change.kind === "delete");
  return { findings: told.map(findingOf), fields: fieldCounts(written) };
}

/** A field that the target does not tell is written once to be sure; nobody can say that it changes. */
function isTold({ before }: FieldChange): boolean {
  return before !== undefined;
}

/** Of the pairs that a linking run will link by itself. */
function afterLinking(ground: Ground): readonly Written[] {
  return ground.linking.changes.flatMap((change): readonly Written[] => {
    if (change.kind !== "link") return [];
    const context = ground.rules.find(({ input }) => input.rule.name === change.rule);
    return context ? [{ change, label: change.label, fields: differing(context, change) }] : [];
  });
}

function differing(
  context: RuleContext,
  change: Change & { readonly kind: "link" },
): readonly FieldChange[] {
  const source = context.sources.records.get(change.source.id);
  const target = context.targets.records.get(change.target.id);
  if (!source || !target) return [];
  const desired = desire(context, source, "update");
  return desired.ok ? compare(context, desired.fields, target, null).changes : [];
}

/** Of records that are linked: what the plan says. */
function planned(ground: Ground): readonly Written[] {
  const willLink = new Set(
    ground.linking.changes.flatMap((change) =>
      change.kind === "link" ? [`${change.rule} ${addressText(change.source)}`] : [],
    ),
  );
  return ground.syncing.changes
    .filter((change) => !willLink.has(`${change.rule} ${addressText(change.source)}`))
    .flatMap((change) => writtenBy(change));
}

function writtenBy(change: Change): readonly Written[] {
  switch (change.kind) {
    case "update":
    case "retire":
      return [{ change, label: change.label, fields: change.fields }];
    case "delete":
      return [{ change, label: change.label, fields: [] }];
    case "create":
    case "link":
    case "unlink":
      return [];
  }
}

function findingOf({ change, label, fields }: Written): AuditFinding {
  const target = "id" in change.target ? change.target : null;
  return {
    severity: "low",
    code: "first-change",
    mapping: change.mapping,
    rule: change.rule,
    records: [
      { side: "source", address: change.source, label },
      ...(target ? [{ side: "target", address: target, label } as const] : []),
    ],
    message: messageOf(change, fields),
    todo:
      change.kind === "delete" || change.kind === "retire"
        ? "Nothing, if that is meant; otherwise see the `on` table of the rule."
        : `Nothing, if the source is right; otherwise correct ${inWords(fields.map(({ field }) => field))} in ${change.source.connection}/${change.source.stream}.`,
    values: fields.map(({ field, before = null, after }) => ({
      field,
      source: after,
      target: before,
    })),
    candidates: [],
  };
}

function messageOf(change: Change, fields: readonly FieldChange[]): string {
  const names = inWords(fields.map(({ field }) => field));
  switch (change.kind) {
    case "delete":
      return `The first sync deletes it: ${change.reason}`;
    case "retire":
      return `The first sync retires it (${names}): ${change.reason}`;
    default:
      return `The first sync changes ${names}.`;
  }
}

/** By field, the most frequent first; among equals in the order in which they were met. */
function fieldCounts(written: readonly Written[]): readonly FieldCount[] {
  const counts = new Map<string, Counted>();
  for (const { change, label, fields } of written) {
    for (const { field, before, after } of fields) {
      const { mapping, rule } = change;
      const key = `${mapping} ${rule} ${field}`;
      const known = counts.get(key) ?? {
        mapping,
        rule,
        field,
        records: 0,
        untold: 0,
        examples: [],
      };
      known.records += 1;
      if (before === undefined) known.untold += 1;
      else if (known.examples.length < examplesMax) known.examples.push({ label, before, after });
      counts.set(key, known);
    }
  }
  return [...counts.values()].sort((a, b) => b.records - a.records);
}

type Counted = Pick<FieldCount, "mapping" | "rule" | "field"> & {
  records: number;
  untold: number;
  readonly examples: FieldCount["examples"][number][];
};
