import type { Link, StateStore } from "../../engine/state/store.ts";
import { addressText, type RecordAddress } from "../../engine/value/address.ts";

/** Whether two addresses are one. */
export function isSame(one: RecordAddress, other: RecordAddress): boolean {
  return addressText(one) === addressText(other);
}

/** `a is linked to b`, for the record that is in the way. */
export function takenText({ source, target }: Link, record: RecordAddress): string {
  const other = isSame(record, source) ? target : source;
  return `${addressText(record)} is linked to ${addressText(other)}`;
}

export async function removeLinks(
  store: Pick<StateStore, "removeLink">,
  links: readonly Link[],
): Promise<void> {
  for (const { mapping, rule, source } of links) {
    await store.removeLink({ mapping, rule, sourceId: source.id });
  }
}
