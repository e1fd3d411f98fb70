import { timezoneName } from "../value/timezone.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { ScalarNode } from "./node.ts";
import { describe } from "./wording.ts";

export const timezoneDefault = "UTC";

/** `timezone` is a name that the time zone database knows. An offset such as `+02:00` knows no summer time. */
export function checkTimezone(node: ScalarNode | undefined): readonly Diagnostic[] {
  if (typeof node?.value !== "string") return [];
  if (/^[A-Za-z]/.test(node.value) && timezoneName(node.value) !== null) return [];
  return [errorAt("timezone-unknown", node.at, `${describe(node)} is not a time zone.`)];
}
