import type { Mapping } from "../../engine/mapping/mapping.ts";
import { accountsBarrier } from "../../engine/plan/barrier.ts";
import { bindingOf } from "../../engine/run/bind.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { bindingConflict } from "../../engine/state/binding.ts";
import { trouble } from "../plan-options.ts";
import type { Session } from "../session.ts";
import type { Trouble } from "../trouble.ts";

/** Why the state takes no links of these accounts: it knows others. */
export async function accountsTrouble(
  { engine, store }: Pick<Session, "engine" | "store">,
  mappings: readonly Mapping[],
): Promise<Trouble | undefined> {
  const known = await store.bindings();
  for (const mapping of mappings) {
    const wanted = bindingOf(mapping, engine.accounts, systemClock.now());
    const conflict = bindingConflict(known, wanted);
    if (!conflict) continue;
    const { code, message } = accountsBarrier(wanted, conflict);
    return trouble(code, message);
  }
  return undefined;
}
