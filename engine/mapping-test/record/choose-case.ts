import type { Mapping } from "../../mapping/mapping.ts";
import type { PlanInput } from "../../plan/input.ts";
import type { Change, Plan } from "../../plan/plan.ts";
import { addressText, type RecordAddress, streamText } from "../../value/address.ts";
import { type CaseMappings, caseMappings } from "../case-mappings.ts";
import { type Chosen, chooseRecords } from "./choose-records.ts";

export interface ChosenCase {
  readonly mappings: CaseMappings;
  readonly focus: Chosen;
}

/**
 * Everything that has a say in what becomes of the named records. What waits for a change of another mapping, or is
 * created only because a record of another mapping needs it, is planned together with that mapping; of all others that
 * references go through the links are enough.
 */
export function chooseCase(
  input: PlanInput,
  plan: Plan,
  at: {
    readonly tested: Mapping;
    readonly known: readonly Mapping[];
    readonly records: readonly RecordAddress[];
  },
): ChosenCase {
  const names = new Set<string>();
  const records = new Map(at.records.map((record) => [addressText(record), record]));
  for (;;) {
    const mappings = caseMappings(at.tested, [...names], at.known);
    const focus = chooseRecords(input, mappings, [...records.values()]);
    const missing = neighbours(plan, { mappings, focus }).filter(
      (change) => !isIn(change, { mappings, focus }),
    );
    if (missing.length === 0) return { mappings, focus };
    for (const { mapping, source } of missing) {
      names.add(mapping);
      records.set(addressText(source), source);
    }
  }
}

function isIn(
  { mapping, source }: Change,
  { mappings: { planned }, focus: { records } }: ChosenCase,
): boolean {
  const isPlanned = planned.some(({ name }) => name === mapping);
  return isPlanned && (records.get(streamText(source))?.has(source.id) ?? false);
}

/** What the changes of the case wait for, and for each that is made only because it is needed, one that needs it. */
function neighbours({ changes }: Plan, chosen: ChosenCase): readonly Change[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  return changes
    .filter((change) => isIn(change, chosen))
    .flatMap((change) => {
      const first = change.after.flatMap((id) => byId.get(id) ?? []);
      if (change.kind !== "create" || !change.whenReferenced) return first;
      const needing = changes.filter(({ after }) => after.includes(change.id));
      const one = needing.find((each) => isIn(each, chosen)) ?? needing[0];
      return one ? [...first, one] : first;
    });
}
