import type { FieldReason } from "../plan/plan.ts";

/** Why a field is written, as a sentence. */
export const writtenWhy: Readonly<Record<FieldReason, string>> = {
  new: "The record is new.",
  "first-agreement": "The two sides never agreed on it, and the source is right.",
  "source-changed": "The source changed since both sides agreed last.",
  drift: "Somebody changed it in the target, and it is set back.",
  "source-changed-and-drift": "Both sides changed since they agreed last, and the source is right.",
  "mapping-changed": "The mapping was edited since both sides agreed last.",
  retired: "The record is retired.",
};
