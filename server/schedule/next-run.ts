import type { Project } from "../../engine/config/project.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { jitterMs } from "./jitter.ts";
import { quietUntil } from "./quiet.ts";
import { type SlotBook, scheduleOf } from "./slots.ts";

/**
 * When the schedule starts the mapping next, for people. It does not look whether Autosync is on or the mapping was ever
 * run: whoever shows it knows.
 */
export function nextRunAt(what: {
  readonly workspace: string;
  readonly project: Pick<Project, "timezone" | "quiet">;
  readonly mapping: Pick<Mapping, "name" | "schedule">;
  readonly jitterSeconds: number;
  readonly slots: Pick<SlotBook, "next">;
  readonly at: Date;
}): Date | undefined {
  const { workspace, project, mapping, jitterSeconds, slots, at } = what;
  const schedule = scheduleOf(mapping);
  if (schedule === null) return undefined;
  const jitter = jitterMs(workspace, mapping.name, jitterSeconds);
  const slot = slots.next(schedule, project.timezone, new Date(at.getTime() - jitter));
  if (slot === null) return undefined;
  const start = new Date(slot.getTime() + jitter);
  return quietUntil(project.quiet, project.timezone, start) ?? start;
}
