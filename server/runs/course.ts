import type { Project } from "../../engine/config/project.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { Attempt } from "./attempt.ts";
import { fence } from "./fence.ts";
import { type RunDeps, timingOf } from "./run-deps.ts";
import type { Watch } from "./watch-attempt.ts";

/** Everything that an attempt works with. */
export interface Course {
  readonly deps: RunDeps;
  readonly attempt: Attempt;
  readonly request: RunRequest;
  readonly project: Project;
  /** Of the git checkout. */
  readonly commit?: string;
  readonly watch: Watch;
  readonly engine: Engine;
}

/** Opens the workspace's engine for one attempt, with a fence around all that it writes. */
export async function withCourse<T>(
  parts: Omit<Course, "engine" | "request">,
  work: (course: Course) => Promise<T>,
): Promise<T> {
  const { deps, attempt, project, watch } = parts;
  const { request } = attempt;
  const fenced = fence({
    store: deps.state.workspace(request.workspace),
    connectors: deps.connectors,
    clock: deps.clock,
    isOurs: attempt.isOurs,
    onLapse: () => watch.stop({ kind: "lapsed" }),
  });
  const engine = openEngine(project, {
    connectors: fenced.connectors,
    store: fenced.store,
    clock: deps.clock,
    random: deps.random,
    newId: deps.newId,
    leaseMs: timingOf(deps).leaseMs,
    observe: (event) => {
      watch.observe(event);
      deps.onEvent?.(request.workspace, event, project);
    },
    version: deps.version,
  });
  try {
    return await work({ ...parts, request, engine });
  } finally {
    fenced.end();
    await engine.close();
  }
}
