import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { shiftFields } from "./shift-fields.ts";

/** Each becomes one time card elsewhere, so that it is a record of its own: the id of the shift, a colon, and its own. */
export const shiftEntriesSchema: StreamSchema = {
  stream: "shift_entries",
  noun: { one: "shift entry", many: "shift entries" },
  about: "Entries of shifts: hours by cost code and location, each with what its shift says.",
  fields: {
    shift_id: {
      type: "reference",
      access: "read",
      references: "shifts",
      about: "The shift whose hours they are.",
    },
    hours: { type: "decimal", access: "read", about: "The hours." },
    cost_code_id: {
      type: "reference",
      access: "read",
      references: "cost_codes",
      about: "The cost code that they are put on.",
    },
    location: { type: "text", access: "read", about: "Where the work was done." },
    earn_code: { type: "text", access: "read", about: "The earn code, such as REG or OT." },
    ...shiftFields,
  },
  window: { field: "date" },
  label: ["date", "worker_id", "hours"],
};
