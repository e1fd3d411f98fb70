import type { Place as PlaceValue } from "../../../../engine/config/place.ts";

/** The rule of a mapping, and the line of the file that says so. */
export function Place({
  mapping,
  rule,
  at,
}: {
  readonly mapping?: string | undefined;
  readonly rule?: string | undefined;
  readonly at?: PlaceValue | undefined;
}) {
  const names = [mapping, rule].filter((name) => name !== undefined && name !== "");
  return (
    <span class="place">
      {names.length > 0 && <span>{names.join(" / ")}</span>}
      {at !== undefined && (
        <code>
          {at.file}:{at.line}:{at.column}
        </code>
      )}
    </span>
  );
}
