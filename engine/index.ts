/* What the command line and the service may use of the engine. Nothing else is public. */

export type { ApplyResult, Outcome, OutcomeStatus } from "./apply/outcome.ts";
export { type Code, codeEntry, codes } from "./codes.ts";
export type { Diagnostic } from "./config/diagnostic.ts";
export { type Place, placeText } from "./config/place.ts";
export type { Project, ProjectResult } from "./config/project.ts";
export type { Change, Held, Plan } from "./plan/plan.ts";
export { planStatus } from "./plan/plan.ts";
export { parseSelector, selectionParts } from "./plan/select.ts";
export { systemClock } from "./run/clock.ts";
export type {
  ApplyOptions,
  ConnectionCheck,
  Engine,
  EngineDeps,
  PlanOptions,
} from "./run/engine.ts";
export type { EngineEvent } from "./run/events.ts";
export { openEngine } from "./run/open-engine.ts";
export type { Link, RunEntry, RunSummary, StateStore } from "./state/store.ts";
