import { workspacePattern } from "../../engine/state/state.ts";

/** In addresses, `-` alone stands for the workspace without a name. */
export function isWorkspaceName(name: string): boolean {
  return workspacePattern.test(name) && name !== "-";
}

/** What one folder has to say about its name. */
export interface Claim {
  /** The folder. */
  readonly key: string;
  /** The name that its newest files ask for; null when they are broken. */
  readonly wanted: string | null;
  /** The name under which it was good last; null when it never was. */
  readonly held: string | null;
}

/**
 * Which name each folder has; null for those that have none. A name is a memory of a company, so that two folders never
 * share one: who has had it keeps it, then the folder that is called so; if that settles nothing, nobody gets it. Whoever
 * loses goes on under the name that it had.
 */
export function settleNames(claims: readonly Claim[]): ReadonlyMap<string, string | null> {
  const asked = new Map(claims.map(({ key, wanted, held }) => [key, wanted ?? held]));
  // Each round takes a name from somebody, and from everybody at most twice.
  for (;;) {
    const losers = claims.filter((claim) => isLoser(claim, claims, asked));
    if (losers.length === 0) return asked;
    for (const { key, held } of losers) {
      asked.set(key, asked.get(key) === held ? null : held);
    }
  }
}

function isLoser(
  claim: Claim,
  claims: readonly Claim[],
  asked: ReadonlyMap<string, string | null>,
): boolean {
  const name = asked.get(claim.key) ?? null;
  if (name === null) return false;
  const rivals = claims.filter(({ key }) => asked.get(key) === name);
  if (rivals.length === 1) return false;
  const holders = rivals.filter(({ held }) => held === name);
  if (holders.length === 1) return holders[0] !== claim;
  return claim.key !== name || (holders.length > 1 && claim.held !== name);
}

/** A name for a folder that can have none of its own, unlike all others, and fit for an address. */
export function makeshiftName(key: string, taken: ReadonlySet<string>): string {
  const plain = key.replaceAll(/[^A-Za-z0-9_-]/g, "-").slice(0, 56);
  const base = isWorkspaceName(plain) ? plain : "workspace";
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}
