import type { FieldChange } from "../../engine/plan/plan.ts";
import { streamText } from "../../engine/value/address.ts";
import type { PlanIndex } from "./plan-index.ts";
import { labelText, valueText } from "./value-text.ts";

/**
 * What a field gets. An id says nothing to a person, so the name of the record that it refers to stands beside it; the id
 * of a record that the same plan creates is known only once that was done.
 */
export function afterText(
  { after, label, awaits }: FieldChange,
  options: { readonly brief: boolean; readonly index?: PlanIndex },
): string {
  if (after === null && awaits !== undefined) {
    const first = options.index?.changes.get(awaits);
    const where = first ? ` in ${streamText(first.target)}` : "";
    return `${labelText(label ?? first?.label ?? "", options)}, once created${where}`;
  }
  const value = valueText(after, options);
  return label === undefined ? value : `${value} (${labelText(label, options)})`;
}
