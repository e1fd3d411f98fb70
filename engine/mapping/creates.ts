import type { RuleDraft } from "./draft.ts";

/** Whether a rule can bring records in. One that is dormant could if the system of record were chosen otherwise. */
export function creates({ role, on, match }: RuleDraft): boolean {
  if (role === "feedback" || (role === "dormant" && match.length === 0)) return false;
  return on.absent === "create" || on.keyless === "create" || on.lost === "create";
}
