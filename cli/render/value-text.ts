import type { Value } from "../../engine/value/value.ts";
import { visible } from "./visible.ts";

/** A name or a value on a terminal is cut here; wider ones push everything else off the screen. */
const briefCharactersMax = 80;

/** A value as people read it: text in quotes, nothing as `(empty)`. */
export function valueText(value: Value | undefined, options: { readonly brief: boolean }): string {
  if (value === undefined) return "(unknown)";
  if (value === null) return "(empty)";
  const text = typeof value === "string" ? quoted(value, options) : visible(JSON.stringify(value));
  return typeof value === "string" ? text : shortened(text, options);
}

/** The name of a record, never empty. */
export function labelText(label: string, options: { readonly brief: boolean }): string {
  const text = visible(label).trim();
  return text === "" ? "(no name)" : shortened(text, options);
}

function quoted(value: string, options: { readonly brief: boolean }): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `"${shortened(visible(escaped), options)}"`;
}

function shortened(text: string, { brief }: { readonly brief: boolean }): string {
  if (!brief || text.length <= briefCharactersMax) return text;
  return `${Array.from(text).slice(0, briefCharactersMax).join("")}…`;
}
