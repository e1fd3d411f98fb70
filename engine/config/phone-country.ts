import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { ScalarNode } from "./node.ts";
import { describe } from "./wording.ts";

export const phoneCountryDefault = "US";

export function checkPhoneCountry(node: ScalarNode | undefined): readonly Diagnostic[] {
  if (typeof node?.value !== "string" || isCountry(node.value)) return [];
  const message = `${describe(node)} is not a country.`;
  return [errorAt("phone-country-unknown", node.at, message)];
}

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  return new Intl.DisplayNames("en", { type: "region", fallback: "none" }).of(code) !== undefined;
}
