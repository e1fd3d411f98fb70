import type { Candidate } from "../../../../../engine/plan/plan.ts";
import { addressText } from "../../../../../engine/value/address.ts";
import type { Fields } from "../../../../../engine/value/value.ts";

/** One column of the comparison. */
export interface ComparedRecord {
  readonly label: string;
  readonly address: string;
  /** Undefined where they could not be read. */
  readonly fields: Fields | undefined;
  readonly problem?: string | undefined;
  /** Of a candidate. */
  readonly differences?: Candidate["differences"];
  /** The record that it is linked to already. */
  readonly linkedTo?: string | undefined;
}

/** A candidate of the plan, with what was read of it since. */
export function comparedCandidate(
  { label, address, differences, linkedTo }: Candidate,
  read: { readonly fields?: Fields; readonly problem?: string } | undefined,
): ComparedRecord {
  return {
    label,
    address: addressText(address),
    fields: read?.fields,
    problem: read?.problem,
    differences,
    linkedTo: linkedTo && addressText(linkedTo),
  };
}
