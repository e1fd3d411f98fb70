import type { Plan } from "../../engine/plan/plan.ts";
import type { Course } from "./course.ts";
import { type End, endOfStop } from "./end-of-attempt.ts";
import { throughClosure } from "./through-closure.ts";

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly end: End };

/** Plans what was asked for: the mapping, and of the mappings that it goes through only what it needs. */
export async function makePlan(course: Course, allow: readonly string[]): Promise<Planned> {
  const { engine, project, request, watch } = course;
  const { mapping, purpose } = request;
  // A linking run ties what is there and creates nothing, so that it needs nothing of others.
  const mappings = purpose === "link" ? [mapping] : throughClosure(project.mappings, mapping);
  // A plan of one mapping alone is a whole one, which a selection would call a part.
  const only = mappings.length > 1 ? [`mapping=${mapping}`] : [];
  const { signal } = watch;
  const plan = await engine.plan({ purpose, mappings, allow, only, exclude: [], signal });
  const reason = watch.reason();
  if (reason) return { ok: false, end: endOfStop(reason, null, null) };
  return { ok: true, plan };
}
