import { childOf, type Node, scalarOf } from "../config/node.ts";
import { defaultLimits, type Limits } from "./mapping.ts";

/** The limits that are written, over the default ones. Shares may be percentages. */
export function readLimits(node: Node | undefined): Limits {
  const read = (name: keyof Limits): number =>
    share(scalarOf(childOf(node, name))?.value) ?? defaultLimits[name];
  return {
    create: read("create"),
    update: read("update"),
    retire: read("retire"),
    delete: read("delete"),
    shrink: read("shrink"),
    minimum: read("minimum"),
  };
}

function share(written: unknown): number | undefined {
  if (typeof written === "number") return written;
  if (typeof written !== "string" || !written.endsWith("%")) return undefined;
  const percent = Number(written.slice(0, -1));
  return Number.isFinite(percent) ? percent / 100 : undefined;
}
