import { Type } from "typebox";
import { byName, named, ref, text, time } from "./kit.ts";
import { address, decisionParts, fieldChange, guard } from "./plan.ts";

/* Runs and their logs. */

export const requestStatuses = [
  "queued",
  "planning",
  "waiting",
  "applying",
  "done",
  "partial",
  "refused",
  "failed",
  "cancelled",
] as const;

export const entryStatuses = [
  "applied",
  "failed",
  "in-doubt",
  "stale",
  "skipped",
  "held",
  "passed-over",
] as const;

const count = Type.Integer({ minimum: 0 });

export const runRequest = named(
  "RunRequest",
  Type.Object(
    {
      id: text,
      workspace: text,
      mapping: text,
      purpose: Type.Enum(["sync", "link"]),
      allow: Type.Array(text),
      trigger: Type.Enum(["schedule", "manual", "api", "command"]),
      requestedBy: text,
      requestedAt: time,
      status: Type.Enum([...requestStatuses]),
      startedAt: Type.Optional(time),
      finishedAt: Type.Optional(time),
      planId: Type.Optional(text),
      counts: Type.Optional(
        Type.Object({
          create: count,
          update: count,
          link: count,
          retire: count,
          delete: count,
          unlink: count,
          held: count,
          passedOver: count,
          inStep: count,
        }),
      ),
      configurationDigest: Type.Optional(text),
      commit: Type.Optional(text),
      note: Type.Optional(text),
      code: Type.Optional(text),
      progress: Type.Optional(
        Type.Object({
          phase: Type.Enum(["reading", "working-out", "writing"]),
          done: count,
          of: Type.Optional(count),
          what: text,
          at: time,
        }),
      ),
      worker: Type.Optional(text),
      stopAskedBy: Type.Optional(text),
      runIds: Type.Array(text),
    },
    { description: "Somebody's or something's wish that a mapping be run, and what became of it." },
  ),
);

const runSummary = named(
  "RunSummary",
  Type.Object({
    runId: text,
    planId: text,
    planDigest: text,
    purpose: Type.Enum(["sync", "link"]),
    mappings: Type.Array(text),
    configurationDigest: text,
    startedAt: time,
    startedBy: text,
    request: Type.Optional(text),
    status: Type.Enum(["running", "applied", "partial", "refused"]),
    finishedAt: Type.Optional(time),
    note: Type.Optional(text),
    counts: byName(count),
  }),
);

export const runView = named(
  "RunView",
  Type.Object({
    request: ref(runRequest),
    runs: Type.Array(ref(runSummary)),
    guards: Type.Array(ref(guard)),
    plan: Type.Optional(Type.Object(decisionParts)),
  }),
);

export const runPage = named(
  "RunPage",
  Type.Object({
    runs: Type.Array(ref(runRequest)),
    next: Type.Optional(Type.String({ description: "`before` of the next page." })),
  }),
);

export const entryParts = {
  sequence: count,
  mapping: text,
  rule: text,
  source: ref(address),
  target: Type.Optional(ref(address)),
  label: text,
  action: Type.Enum(["create", "link", "update", "retire", "unlink", "delete", "none"]),
  status: Type.Enum([...entryStatuses]),
  code: Type.Optional(text),
  reason: text,
  fields: Type.Array(ref(fieldChange)),
  runId: text,
};

const entry = named("Entry", Type.Object({ ...entryParts, position: count }));
export const entryPage = named(
  "EntryPage",
  Type.Object({
    entries: Type.Array(ref(entry)),
    next: Type.Optional(Type.Integer({ description: "`from` of the next page." })),
  }),
);

export const runSchemas = [runRequest, runSummary, runView, runPage, entry, entryPage];
