import { readFile, stat } from "node:fs/promises";
import { sealPlan } from "../engine/plan/build-plan.ts";
import type { Plan } from "../engine/plan/plan.ts";
import { readLines, writeLines } from "./plan-lines.ts";
import { trouble } from "./plan-options.ts";
import type { Trouble } from "./trouble.ts";

/** Far above any plan that a person could have looked at; it keeps a wrong file from filling the memory. */
const planBytesMax = 512 * 1024 * 1024;

/** Null when it was saved. */
export async function savePlan(file: string, plan: Plan): Promise<Trouble | null> {
  try {
    await writeLines(file, plan);
    return null;
  } catch (error) {
    return trouble("file-unwritable", `The plan cannot be saved as ${file}: ${messageOf(error)}.`);
  }
}

/** A plan from a file. The digests in it say whether it is whole, and that it is a plan at all. */
export async function readPlan(file: string): Promise<Plan | Trouble> {
  try {
    const { size } = await stat(file);
    if (size > planBytesMax) return unreadable(file, "it is too large to be a plan");
    const value: unknown = (await readLines(file)) ?? JSON.parse(await readFile(file, "utf8"));
    return isPlan(value) ? value : unreadable(file, notAPlan(value));
  } catch (error) {
    return unreadable(file, messageOf(error));
  }
}

/** Only a syncctl that knows the shape can have put digests on it that fit. */
function isPlan(value: unknown): value is Plan {
  if (typeof value !== "object" || value === null || !("format" in value)) return false;
  const { format, id, header, digest, ...body } = value as Plan;
  if (format !== 1 || header === undefined) return false;
  const sealed = sealPlan(header, body);
  return sealed.id === id && sealed.digest === digest;
}

function notAPlan(value: unknown): string {
  const format =
    typeof value === "object" && value !== null && "format" in value ? value.format : 0;
  if (format === 0) return "it holds something else";
  return format === 1
    ? "it was edited or cut after it was made"
    : `it has the format ${String(format)}, and this version reads format 1`;
}

function unreadable(file: string, why: string): Trouble {
  return trouble("plan-unreadable", `${file} cannot be read as a plan: ${why}.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
