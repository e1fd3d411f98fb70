import { type TSchema, Type } from "typebox";
import { anyValue, byName, named, ref, text, time } from "./kit.ts";

/* What a plan is made of; `engine/plan/plan.ts` says what each part means. */

const streamParts = { connection: text, stream: text };
export const address = named(
  "RecordAddress",
  Type.Object({ ...streamParts, id: text }, { description: "Where a record lives." }),
);
const stream = named("StreamRef", Type.Object(streamParts, { description: "One kind of record." }));
const place = named(
  "Place",
  Type.Object({ file: text, line: Type.Integer(), column: Type.Integer() }),
);
export const placeRef: TSchema = ref(place);
const fields = byName(anyValue);
const situation = Type.Enum([
  "linked",
  "found",
  "disagrees",
  "absent",
  "keyless",
  "ambiguous",
  "left",
  "gone",
  "lost",
  "unmanaged",
]);

export const fieldChange = named(
  "FieldChange",
  Type.Object(
    {
      field: text,
      before: Type.Optional(anyValue),
      after: anyValue,
      baseline: Type.Optional(anyValue),
      why: Type.Enum([
        "new",
        "first-agreement",
        "source-changed",
        "drift",
        "source-changed-and-drift",
        "mapping-changed",
        "retired",
      ]),
      label: Type.Optional(text),
      awaits: Type.Optional(text),
    },
    {
      description:
        "One field: what the target holds (absent when it does not tell), what it gets, and what both sides agreed on last.",
    },
  ),
);

export const change = named(
  "Change",
  Type.Object(
    {
      kind: Type.Enum(["create", "link", "update", "retire", "unlink", "delete"]),
      id: text,
      mapping: text,
      rule: text,
      situation,
      reason: text,
      source: ref(address),
      label: text,
      after: Type.Array(text, { description: "Ids of changes that are applied before it." }),
      day: Type.Optional(text),
      target: Type.Object({ ...streamParts, id: Type.Optional(text) }),
      targetLabel: Type.Optional(text),
      fields: Type.Optional(Type.Array(ref(fieldChange))),
      agreed: Type.Optional(fields),
      precondition: Type.Optional(fields),
      replaces: Type.Optional(ref(address)),
      whenReferenced: Type.Optional(Type.Boolean()),
      decided: Type.Optional(Type.Enum(["file", "turned"])),
      supersedes: Type.Optional(Type.Object({ rule: text, source: ref(address) })),
    },
    {
      description:
        "One intended step. Which of the optional parts are there depends on `kind`; the target of a create has no id yet.",
    },
  ),
);

const candidate = named(
  "Candidate",
  Type.Object({
    address: ref(address),
    label: text,
    differences: Type.Array(Type.Object({ field: text, source: anyValue, target: anyValue })),
    linkedTo: Type.Optional(ref(address)),
  }),
);

export const heldParts = {
  code: text,
  mapping: text,
  rule: text,
  situation,
  source: ref(address),
  label: text,
  reason: text,
  todo: text,
  candidates: Type.Array(ref(candidate)),
  at: ref(place),
};
export const held = named(
  "Held",
  Type.Object(heldParts, {
    description: "A record that is not written, why, and what a person can do about it.",
  }),
);

export const guard = named(
  "GuardResult",
  Type.Object(
    {
      code: text,
      mapping: text,
      message: text,
      allow: Type.Optional(text),
      allowed: Type.Boolean(),
    },
    { description: "A limit that the plan runs into. `allow` is what an approval has to name." },
  ),
);

const header = Type.Object({
  engineVersion: text,
  createdAt: time,
  environment: Type.Optional(text),
  configurationDigest: text,
  purpose: Type.Enum(["sync", "link"]),
});
const reading = Type.Object({
  ...streamParts,
  records: Type.Integer(),
  ended: Type.Boolean(),
  problem: Type.Optional(text),
  window: Type.Optional(fields),
});
const rule = Type.Object({
  mapping: text,
  rule: text,
  role: Type.Enum(["authoritative", "feedback", "dormant"]),
  digest: text,
  source: ref(stream),
  target: ref(stream),
  at: ref(place),
  fieldsAt: byName(ref(place)),
  inStep: Type.Integer(),
  unsettled: Type.Integer(),
  outside: Type.Integer(),
});
const listed = Type.Array(Type.Object({ address: ref(address), label: text }));
const finding = {
  code: text,
  mapping: text,
  rule: Type.Optional(text),
  message: text,
  records: listed,
};
const selection = Type.Object({
  only: Type.Array(text),
  exclude: Type.Array(text),
  leftOut: Type.Integer(),
});

/** Of the whole plan and of its summary. */
const shortParts = {
  id: text,
  header,
  digest: text,
  readings: Type.Array(reading),
  rules: Type.Array(rule),
  guards: Type.Array(ref(guard)),
  findings: Type.Array(Type.Object(finding)),
  estimate: Type.Array(Type.Object({ connection: text, calls: Type.Integer() })),
  selection: Type.Optional(selection),
};

const plan = named(
  "Plan",
  Type.Object({
    format: Type.Literal(1),
    ...shortParts,
    changes: Type.Array(ref(change)),
    held: Type.Array(ref(held)),
    passedOver: Type.Array(
      Type.Object({
        code: text,
        mapping: text,
        rule: Type.Optional(text),
        reason: text,
        at: ref(place),
        records: listed,
      }),
    ),
    nearMatches: Type.Array(
      Type.Object({
        mapping: text,
        rule: text,
        source: ref(address),
        label: text,
        candidates: Type.Array(ref(candidate)),
      }),
    ),
    refreshes: Type.Array(
      Type.Object({ mapping: text, rule: text, source: ref(address), agreed: fields }),
    ),
    answered: Type.Array(Type.Object({ changeId: text, answer: text })),
  }),
);

export const decisionParts = {
  status: Type.Enum(["waiting", "approved", "rejected", "superseded", "applied"]),
  decidedBy: Type.Optional(text),
  decidedAt: Type.Optional(time),
  approved: Type.Optional(
    Type.Array(text, { description: "Ids of the changes that were approved; absent: all." }),
  ),
};
const storedParts = { workspace: text, requestId: text, ...decisionParts };
export const storedPlan = named("StoredPlan", Type.Object({ plan: ref(plan), ...storedParts }));

const count = Type.Integer({ minimum: 0 });
export const planSummary = named(
  "PlanSummary",
  Type.Object(
    {
      ...storedParts,
      plan: Type.Object(shortParts),
      counts: Type.Object({
        create: count,
        update: count,
        link: count,
        retire: count,
        delete: count,
        unlink: count,
        held: count,
        passedOver: count,
      }),
    },
    { description: "A plan without its changes, its held and its passed-over records." },
  ),
);

export const planSchemas = [
  address,
  stream,
  place,
  fieldChange,
  change,
  candidate,
  held,
  guard,
  plan,
  storedPlan,
  planSummary,
];
