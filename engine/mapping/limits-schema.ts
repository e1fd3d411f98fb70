import { codeKeyword, objectSchema, patternHelpKeyword } from "../config/schema-words.ts";
import type { JsonSchema } from "../connector/connector.ts";
import { defaultLimits } from "./mapping.ts";

function share(limit: number, description: string): JsonSchema {
  return {
    type: ["string", "number"],
    pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s*%$",
    minimum: 0,
    maximum: 1,
    default: `${limit * 100}%`,
    description,
    [codeKeyword]: "limit-out-of-range",
    [patternHelpKeyword]: "Write a percentage such as `30%`, or a number from 0 to 1.",
  };
}

export const limitsSchema: JsonSchema = objectSchema({
  description: "How large a plan may be before it must be let through by name.",
  properties: {
    create: share(defaultLimits.create, "The share of records that a plan may create."),
    update: share(defaultLimits.update, "The share of records that a plan may update."),
    retire: share(defaultLimits.retire, "The share of records that a plan may retire."),
    delete: share(defaultLimits.delete, "The share of records that a plan may delete."),
    shrink: share(
      defaultLimits.shrink,
      "A stream with less than this share of its last complete reading stops the plan.",
    ),
    minimum: {
      type: "integer",
      minimum: 0,
      default: defaultLimits.minimum,
      description: "Shares of fewer changes than this are not looked at.",
      [codeKeyword]: "limit-out-of-range",
    },
  },
});
