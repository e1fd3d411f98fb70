import type { StreamSchema } from "../../../engine/connector/schema.ts";

export const costCodesSchema: StreamSchema = {
  stream: "cost_codes",
  noun: { one: "cost code", many: "cost codes" },
  about: "Cost codes of projects. They are read project by project.",
  fields: {
    project_id: {
      type: "reference",
      access: "read",
      references: "projects",
      about: "The project whose cost code it is.",
    },
    segment_1: { type: "text", access: "read", about: "The first segment; Procore's sub job." },
    segment_2: { type: "text", access: "read", about: "The second segment; Procore's cost code." },
    name: { type: "text", access: "read", about: "The name." },
    status: {
      type: "choice",
      access: "read",
      choices: ["active", "inactive"],
      about: "Whether time can be put on it.",
    },
  },
  label: ["name"],
};
