import type { PlanSummary } from "../../api/client.ts";

/** How many changes the plan has. */
export function changesOf({ counts }: PlanSummary): number {
  return (
    counts.create + counts.link + counts.update + counts.retire + counts.unlink + counts.delete
  );
}
