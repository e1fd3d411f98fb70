import type { SourceDraft } from "./draft.ts";

/** A year: whoever wants more than that wants everything. */
export const windowDaysMax = 366;

/** How a source is read: whole, or some days of it. Undefined where the file is wrong about it, which is reported. */
export type SourceWindow = { readonly days: number | "all" };

export function sourceWindow({ window, schema }: SourceDraft): SourceWindow | undefined {
  if (!window) return { days: "all" };
  if (window.days === undefined || (schema && !schema.window)) return undefined;
  return { days: window.days };
}

/** "for 14 days" */
export function windowWords({ days }: SourceWindow): string {
  if (days === "all") return "whole";
  return days === 1 ? "for 1 day" : `for ${days} days`;
}
