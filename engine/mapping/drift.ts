import { type Node, textOf } from "../config/node.ts";
import type { DriftPolicy } from "./mapping.ts";

export function driftOf(node: Node | undefined): DriftPolicy | undefined {
  const written = textOf(node);
  return written === "revert" || written === "keep" || written === "hold" ? written : undefined;
}
