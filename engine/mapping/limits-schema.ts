import { codeKeyword, objectSchema, patternHelpKeyword } from "../config/schema-words.ts";
import type { JsonSchema } from "../connector/connector.ts";
import { defaultLimits } from "./mapping.ts";

/** A share from nothing to everything. */
function share(limit: number, description: string): JsonSchema {
  return {
    ...percentage(limit, description),
    pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s*%$",
    maximum: 1,
    [patternHelpKeyword]: "Write a percentage such as `30%`, or a number from 0 to 1.",
  };
}

/** More than there are can be meant: a stream of days has many new records for each that is linked. */
function multiple(limit: number, description: string): JsonSchema {
  return {
    ...percentage(limit, description),
    pattern: "^(1000(\\.0+)?|[0-9]{1,3}(\\.[0-9]+)?)\\s*%$",
    maximum: 10,
    [patternHelpKeyword]: "Write a percentage such as `30%` or `200%`, or a number from 0 to 10.",
  };
}

function percentage(limit: number, description: string): JsonSchema {
  return {
    type: ["string", "number"],
    minimum: 0,
    default: `${limit * 100}%`,
    description,
    [codeKeyword]: "limit-out-of-range",
  };
}

export const limitsSchema: JsonSchema = objectSchema({
  description: "How large a plan may be before it must be let through by name.",
  properties: {
    create: multiple(
      defaultLimits.create,
      "The share of records that a plan may create. Up to `1000%`, ten for each that is linked.",
    ),
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
