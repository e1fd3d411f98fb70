import type { Link } from "../state/store.ts";
import { type Trouble, trouble } from "../trouble.ts";
import { addressText, type RecordAddress } from "../value/address.ts";
import type { Intended } from "./intended.ts";

/* What links of the state stand against a decision. */

/** Whether two addresses are one. */
export function isSame(one: RecordAddress, other: RecordAddress): boolean {
  return addressText(one) === addressText(other);
}

/** `a is linked to b`, for the record that is in the way. */
function takenText({ source, target }: Link, record: RecordAddress): string {
  const other = isSame(record, source) ? target : source;
  return `${addressText(record)} is linked to ${addressText(other)}`;
}

/** A record of a link that the state has already and that does not go with what is decided. */
export function takenTrouble(
  { mapping, link, entry, decisions }: Intended,
  links: readonly Link[],
): Trouble | undefined {
  if (entry.kind === "ignore") {
    const rules = decisions.map(({ rule }) => rule);
    const own = links.find(
      (one) => rules.includes(one.rule) && isSame(one.source, entry.records[0]),
    );
    return (
      own && trouble("link-taken", `${takenText(own, own.source)}; what is linked is not left out.`)
    );
  }
  if (!link) return undefined;
  const bySource = links.find(
    (one) =>
      one.rule === link.rule && isSame(one.source, link.source) && !isSame(one.target, link.target),
  );
  if (bySource) return trouble("link-taken", `${takenText(bySource, link.source)}.`);
  const byTarget = links.find(
    (one) =>
      isSame(one.target, link.target) &&
      !(one.rule === link.rule && isSame(one.source, link.source)),
  );
  return (
    byTarget &&
    trouble("link-taken", `${takenText(byTarget, link.target)} (${mapping.name}/${byTarget.rule}).`)
  );
}
