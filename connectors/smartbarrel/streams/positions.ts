import type { StreamSchema } from "../../../engine/connector/schema.ts";

export const positionsSchema: StreamSchema = {
  stream: "positions",
  noun: { one: "position", many: "positions" },
  about: "Positions: trades and roles of workers; what Procore calls classifications.",
  fields: {
    name: {
      type: "text",
      access: "write",
      required: true,
      ignoresCapitals: true,
      about: "The name; no two positions share one, whatever its capitals.",
    },
    code: { type: "text", access: "write", about: "A short form." },
    status: {
      type: "choice",
      access: "write",
      choices: ["active", "inactive"],
      about: "Whether the position can be given to workers.",
    },
  },
  label: ["name"],
};
