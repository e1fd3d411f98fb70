import { objectSchema } from "../config/schema-words.ts";
import type { JsonSchema } from "../connector/connector.ts";
import { defaultReactions, type Reactions } from "./mapping.ts";

type SituationSchemas = {
  readonly [Name in keyof Reactions]: {
    readonly enum: readonly Reactions[Name][];
    readonly default: Reactions[Name];
    readonly description: string;
  };
};

const situations: SituationSchemas = {
  linked: {
    enum: ["update", "ignore"],
    default: defaultReactions.linked,
    description: "Linked, in scope, both sides present.",
  },
  found: {
    enum: ["link", "hold"],
    default: defaultReactions.found,
    description: "No link, exactly one candidate, and the `agree` fields agree.",
  },
  disagrees: {
    enum: ["hold", "link"],
    default: defaultReactions.disagrees,
    description: "No link, one candidate, and some `agree` field differs.",
  },
  absent: {
    enum: ["create", "hold", "ignore"],
    default: defaultReactions.absent,
    description: "No link and no candidate.",
  },
  keyless: {
    enum: ["hold", "create"],
    default: defaultReactions.keyless,
    description: "No link, and none of the match keys has a value.",
  },
  ambiguous: {
    enum: ["hold"],
    default: defaultReactions.ambiguous,
    description: "It is not clear which record belongs to which.",
  },
  left: {
    enum: ["retire", "unlink", "delete", "report", "ignore"],
    default: defaultReactions.left,
    description: "Linked, and the source record no longer satisfies `when`.",
  },
  gone: {
    enum: ["retire", "unlink", "delete", "report", "ignore"],
    default: defaultReactions.gone,
    description: "Linked, and the source record is proved gone.",
  },
  lost: {
    enum: ["create", "unlink", "hold"],
    default: defaultReactions.lost,
    description: "Linked, and the target record is proved gone.",
  },
  unmanaged: {
    enum: ["ignore", "report"],
    default: defaultReactions.unmanaged,
    description: "A target record with no link and no source.",
  },
};

export const reactionsSchema: JsonSchema = objectSchema({
  description: "What the rule does in each situation.",
  properties: situations,
});
