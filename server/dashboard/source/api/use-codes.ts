import { useEffect, useState } from "preact/hooks";
import type { CodeEntry } from "../../../../engine/codes/entry.ts";
import type { Code } from "../../../../engine/codes.ts";

let known: Readonly<Partial<Record<string, CodeEntry>>> | undefined;

/** What each code means and what to do, loaded when a page first needs it. Empty until then, and for unknown codes. */
export function useCodes(): (code: Code) => CodeEntry | undefined {
  const [table, setTable] = useState(known);
  useEffect(() => {
    if (table !== undefined) return;
    void import("../../../../engine/codes.ts").then(({ codes }) => {
      known = codes;
      setTable(codes);
    });
  }, [table]);
  return (code) => table?.[code];
}
