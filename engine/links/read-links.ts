import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, itemsOf, type Node, plainValue, textOf } from "../config/node.ts";
import { describe, quote } from "../config/wording.ts";
import { parseAddress, type RecordAddress } from "../value/address.ts";
import { isDay } from "../value/calendar.ts";
import type { Fields } from "../value/value.ts";
import { entryKinds, type LinksEntry, type LinksFile, type PlacedEntry } from "./entry.ts";

export interface LinksReading {
  readonly links: LinksFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a links file from its tree. The schema has seen the tree; what it has refused is left out. */
export function readLinks(root: Node, file: string): LinksReading {
  const mapping = childOf(root, "mapping");
  const nodes = entryKinds.flatMap((kind) =>
    itemsOf(childOf(root, kind)).map((node) => ({ kind, node })),
  );
  return {
    links: {
      file,
      mapping: textOf(mapping) ?? "",
      mappingAt: mapping?.at ?? root.at,
      entries: nodes.flatMap(({ kind, node }) => readEntry(kind, node) ?? []),
    },
    diagnostics: nodes.flatMap(({ node }) => dayDiagnostics(childOf(node, "on"))),
  };
}

function readEntry(kind: LinksEntry["kind"], node: Node): PlacedEntry | null {
  const records = kind === "ignore" ? [childOf(node, "record")] : itemsOf(childOf(node, "pair"));
  const [first, ...others] = records.map((record) => parseAddress(textOf(record) ?? ""));
  const wanted = kind === "ignore" ? 0 : 1;
  if (!first || others.length !== wanted || !others.every((one) => one !== null)) return null;
  const baseline = childOf(node, "baseline");
  return {
    kind,
    records: [first, ...(others as RecordAddress[])],
    ...textsOf(node),
    ...(baseline?.kind === "map" ? { baseline: plainValue(baseline) as Fields } : {}),
    at: node.at,
  };
}

function textsOf(node: Node): Pick<LinksEntry, "name" | "why" | "by" | "on" | "rule"> {
  const keys = ["name", "why", "by", "on", "rule"] as const;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = textOf(childOf(node, key));
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

/** The form of a day is checked by the schema; that there is such a day is not. */
function dayDiagnostics(node: Node | undefined): readonly Diagnostic[] {
  const text = textOf(node);
  if (!node || text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text) || isDay(text)) return [];
  const message = `${quote("on")} must be a day that exists. It is ${describe(node)}.`;
  return [errorAt("value-malformed", node.at, message, "Write a day such as `2026-11-21`.")];
}
