import type { Code } from "../codes.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { Binding, BindingConflict, BoundAccount } from "../state/binding.ts";
import type { Link } from "../state/store.ts";
import { streamText } from "../value/address.ts";

/** Why nothing at all is planned for a mapping. No flag lets it through. */
export interface Barrier {
  readonly code: Extract<Code, "accounts-bound" | "system-of-record-changed">;
  readonly message: string;
}

/** What the state says of other accounts, in words for the person who has to choose. */
export function accountsBarrier(wanted: Binding, { kind, binding }: BindingConflict): Barrier {
  const since = binding.at.toISOString().slice(0, 10);
  const known = `The mapping ${binding.mapping} keeps ${pairText(binding)} in step since ${since}`;
  const here = `this configuration would keep ${pairText(wanted)} in step`;
  const own = "give this company's project a state of its own (`state:` in syncctl.yaml)";
  const release = `run \`syncctl accounts release ${binding.mapping}\`, which forgets its links`;
  const why = {
    mapping: "Its links say nothing about another account.",
    connection: `One connection stands for one account in one state.`,
    pair: "One company goes with exactly one company of the other system.",
  }[kind];
  return {
    code: "accounts-bound",
    message: `${known}, and ${here}. ${why} Correct the company ids; or ${own}; or, if the old pairing is over, ${release}.`,
  };
}

function pairText({ accounts }: Binding): string {
  return accounts.map(accountText).join(" and ");
}

function accountText({ title, account, connection }: BoundAccount): string {
  return `${title} ${account} (connection ${connection})`;
}

/**
 * After the other side was made the system of record, keys would be matched anew in a run that also creates: whoever
 * could not be matched would be made a second time. A linking run has to come first.
 */
export function directionBarrier(
  mapping: Mapping,
  state: { readonly bound?: Binding | undefined; readonly links: readonly Link[] },
  wanted: Binding,
): Barrier | null {
  const before = state.bound ? state.bound.systemOfRecord : earlierSystemOfRecord(mapping, state);
  if (before === null || before === wanted.systemOfRecord) return null;
  return {
    code: "system-of-record-changed",
    message: `The system of record of ${mapping.name} was ${before} when its records were linked, and is ${wanted.systemOfRecord} now. Links lead in one direction, so nothing is planned until \`syncctl link --mapping ${mapping.name}\` has tied the records in the new one. To go back, set systemOfRecord as it was.`,
  };
}

/** A state of a version that kept no bindings: links of the other direction alone tell which one lived. */
function earlierSystemOfRecord(
  mapping: Mapping,
  { links }: { readonly links: readonly Link[] },
): string | null {
  const roleOf = new Map(mapping.rules.map((rule) => [rule.name, rule.role]));
  const roles = new Set(links.map((link) => roleOf.get(link.rule)));
  if (!roles.has("dormant") || roles.has("authoritative")) return null;
  const link = links.find((one) => roleOf.get(one.rule) === "dormant");
  return link ? streamText(link.source) : null;
}
