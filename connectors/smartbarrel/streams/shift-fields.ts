import type { FieldSchema } from "../../../engine/connector/schema.ts";

/** What a shift has, and each of its entries as well. */
export const shiftFields = {
  worker_id: {
    type: "reference",
    access: "read",
    references: "workers",
    about: "The worker who worked the shift.",
  },
  project_id: {
    type: "reference",
    access: "read",
    references: "projects",
    about: "The project that was worked on.",
  },
  date: { type: "date", access: "read", about: "The day of work, in the project's time zone." },
  time_in: { type: "instant", access: "read", about: "When the worker clocked in." },
  time_out: {
    type: "instant",
    access: "read",
    about: "When the worker clocked out; empty while the shift is open.",
  },
  break_minutes: { type: "integer", access: "read", about: "Minutes of break." },
  status: {
    type: "choice",
    access: "read",
    choices: ["pending", "reviewed", "approved", "deleted"],
    about: "How far the shift is checked; an approved one cannot be edited.",
  },
  position_id: {
    type: "reference",
    access: "read",
    references: "positions",
    about: "The position worked in; empty where it is the worker's own.",
  },
} as const satisfies Readonly<Record<string, FieldSchema>>;
