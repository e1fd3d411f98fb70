import type { GuardResult } from "../../../../../engine/plan/plan.ts";

/** A guard as a question to a person. */
export interface GuardShown {
  readonly key: string;
  readonly mapping: string;
  /** What it says, without the advice for the command line. */
  readonly message: string;
  /**
   * `ask`: a tick lets this one plan through. `allowed`: somebody has said so when the plan was asked for. `barred`:
   * nothing lets it through.
   */
  readonly kind: "ask" | "allowed" | "barred";
  readonly allow?: string;
}

/** The end of the message of a guard that can be let through: here there is a tick box in its place. */
const flagAdvice = /\s*If that is right, add --allow \S+\s*$/;

export function guardsShown(guards: readonly GuardResult[]): readonly GuardShown[] {
  return guards.map((guard, place) => ({
    key: guard.allow ?? `${guard.mapping}:${guard.code}:${place}`,
    mapping: guard.mapping,
    message: guard.message.replace(flagAdvice, ""),
    kind: guard.allowed ? "allowed" : guard.allow === undefined ? "barred" : "ask",
    ...(guard.allow === undefined ? {} : { allow: guard.allow }),
  }));
}

/** Why the plan cannot be approved as long as its guards stand as they do; undefined when nothing is in the way. */
export function guardsInTheWay(
  guards: readonly GuardShown[],
  allowed: ReadonlySet<string>,
): string | undefined {
  if (guards.some(({ kind }) => kind === "barred")) {
    return "A guard stands against this plan, and nobody can let it through. Do what it says, and run the mapping again.";
  }
  const open = guards.filter(({ kind, key }) => kind === "ask" && !allowed.has(key)).length;
  if (open === 0) return undefined;
  return open === 1
    ? "Read what the guard says above, and tick it if that is right."
    : `Read what the ${open} guards say above, and tick each if that is right.`;
}
