import { createHash } from "node:crypto";

/**
 * How long the runs of a mapping are put off, so that not all companies start at the full hour; milliseconds from 0 up to
 * `seconds`. Always the same for a mapping, so that an hour stays an hour, and on every process.
 */
export function jitterMs(workspace: string, mapping: string, seconds: number): number {
  const hash = createHash("sha256").update(`${workspace}\u0000${mapping}`).digest();
  return Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * seconds * 1_000);
}
