import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { shiftFields } from "./shift-fields.ts";

export const shiftsSchema: StreamSchema = {
  stream: "shifts",
  noun: { one: "shift", many: "shifts" },
  about: "Shifts: what a worker worked on one day on one project.",
  fields: {
    ...shiftFields,
    total_hours: { type: "decimal", access: "read", about: "The hours of all of its entries." },
    updated_at: { type: "instant", access: "read", about: "When the shift was changed last." },
  },
  window: { field: "date" },
  label: ["date", "worker_id"],
};
