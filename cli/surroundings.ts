import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

/* What the engine gets from the process around it. Nothing else of the command line touches these. */

export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** A number from 0 up to 1. */
export const random: () => number = Math.random;

/** This process, as others are told that find the state folder in use. */
export function thisProcess(command: string) {
  return { pid: process.pid, host: hostname(), command: `syncctl ${command}` };
}

/** Ids of runs sort by time and can be read out: `20261121-201205-4f1e09ac`. */
export function newId(now: Date): string {
  const [date = "", time = ""] = now.toISOString().replace(/[-:]/g, "").split(/[T.]/);
  return `${date}-${time}-${randomBytes(4).toString("hex")}`;
}
