import type { RuleContext } from "../plan/context.ts";
import type { Link } from "../state/store.ts";

/* Records of days that were not read. */

/** The day that a linked pair belongs to, as both sides agreed last. */
export function dayOf({ targets }: RuleContext, link: Link | undefined): string | undefined {
  const day = link?.baseline[targets.schema.window?.field ?? ""];
  return typeof day === "string" ? day : undefined;
}

/** "its day (2026-10-01) lies outside of the days that are read (2026-11-08 to 2026-11-23)" */
export function outsideText(context: RuleContext, link: Link | undefined): string {
  const day = dayOf(context, link);
  const days = context.sources.window ?? context.targets.window;
  const its = day === undefined ? "its day is not known, and" : `its day (${day}) lies`;
  const read = days === undefined ? "" : ` (${days.from} to ${days.to})`;
  return day === undefined
    ? `${its} only some days are read${read}`
    : `${its} outside of the days that are read${read}`;
}
