import type { Value } from "../../../../engine/value/value.ts";

/** A value as people read it. What is empty, and what nobody knows, is said in words, and looks unlike a text. */
export function ValueText({ value }: { readonly value: Value | undefined }) {
  const nothing = nothingText(value);
  return nothing === undefined ? (
    <span class="value">{textOf(value)}</span>
  ) : (
    <span class="no-value">{nothing}</span>
  );
}

function nothingText(value: Value | undefined): string | undefined {
  if (value === undefined) return "unknown";
  if (value === null) return "empty";
  return typeof value === "string" && value.trim() === "" ? "blank" : undefined;
}

function textOf(value: Value | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
