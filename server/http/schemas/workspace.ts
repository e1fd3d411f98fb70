import { Type } from "typebox";
import { anyValue, byName, named, ref, text, time } from "./kit.ts";
import { address, heldParts, placeRef } from "./plan.ts";
import { entryParts, runRequest } from "./run.ts";

/* Workspaces, their mappings and their records. */

const rule = Type.Object({
  name: text,
  from: text,
  to: text,
  role: Type.Enum(["authoritative", "feedback", "dormant"]),
});

const variable = Type.Object({
  name: text,
  value: anyValue,
  fromGit: anyValue,
  override: Type.Optional(Type.Object({ by: text, at: time })),
});

export const mappingView = named(
  "MappingView",
  Type.Object({
    name: text,
    description: text,
    file: text,
    rules: Type.Array(rule),
    systemOfRecord: text,
    goesThrough: Type.Array(text),
    schedule: Type.Optional(text),
    autosync: Type.Object({
      isOn: Type.Boolean(),
      by: Type.Optional(text),
      at: Type.Optional(time),
      awaitsFirstRun: Type.Boolean(),
    }),
    policy: Type.Enum(["automatic", "approve"]),
    variables: Type.Array(variable),
    nextRunAt: Type.Optional(time),
    last: Type.Optional(ref(runRequest)),
    current: Type.Optional(ref(runRequest)),
    waiting: Type.Optional(ref(runRequest)),
    held: Type.Integer({ minimum: 0 }),
  }),
);

const diagnostic = named(
  "Diagnostic",
  Type.Object({
    code: text,
    severity: Type.Enum(["error", "warning"]),
    message: text,
    help: text,
    at: Type.Optional(placeRef),
  }),
);

export const workspaceView = named(
  "WorkspaceView",
  Type.Object({
    name: Type.String({ description: 'In addresses, "-" stands for the one without a name.' }),
    title: text,
    configuration: Type.Object({
      digest: Type.Optional(text),
      commit: Type.Optional(text),
      loadedAt: time,
      broken: Type.Array(ref(diagnostic)),
      isWritable: Type.Boolean(),
    }),
    connections: Type.Array(Type.Object({ name: text, connector: text, account: text })),
    mappings: Type.Array(ref(mappingView)),
  }),
);

export const workspaceList = named(
  "WorkspaceList",
  Type.Object({ workspaces: Type.Array(ref(workspaceView)) }),
);

const heldView = named(
  "HeldView",
  Type.Object({
    ...heldParts,
    requestId: text,
    planId: text,
    plannedAt: time,
    decided: Type.Optional(Type.Enum(["link", "apart", "ignore"])),
  }),
);
export const heldList = named("HeldList", Type.Object({ held: Type.Array(ref(heldView)) }));

export const decisionResult = named(
  "DecisionResult",
  Type.Object({ file: text, lines: text, isWritten: Type.Boolean() }),
);

export const connectionChecks = named(
  "ConnectionChecks",
  Type.Object({
    connections: Type.Array(
      Type.Object({
        connection: text,
        connector: text,
        account: text,
        results: Type.Array(
          Type.Object({
            what: text,
            status: Type.Enum(["ok", "failed", "unknown"]),
            message: text,
          }),
        ),
      }),
    ),
  }),
);

export const recordList = named(
  "RecordList",
  Type.Object({
    records: Type.Array(
      Type.Object({
        address: ref(address),
        fields: Type.Optional(byName(anyValue)),
        problem: Type.Optional(text),
      }),
    ),
  }),
);

export const historyList = named(
  "HistoryList",
  Type.Object({ history: Type.Array(Type.Object({ ...entryParts, at: time })) }),
);

export const explanation = named(
  "Explanation",
  Type.Object({
    kind: Type.Enum(["explained", "several"]),
    text: Type.Optional(text),
    address: Type.Optional(ref(address)),
    hits: Type.Optional(Type.Array(Type.Object({ address: ref(address), label: text }))),
  }),
);

export const workspaceSchemas = [
  mappingView,
  diagnostic,
  workspaceView,
  workspaceList,
  heldView,
  heldList,
  decisionResult,
  connectionChecks,
  recordList,
  historyList,
  explanation,
];
