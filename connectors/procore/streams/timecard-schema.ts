import type { FieldSchema, StreamSchema } from "../../../engine/connector/schema.ts";

/** Most that one call takes, in one transaction (documented). */
const timecardsPerCall = 25;

const approvalStates = ["pending", "reviewed", "approved", "completed"] as const;

function inProject(references: string, about: string): FieldSchema {
  return { type: "reference", access: "write", references, about };
}

/**
 * The call that makes many is one for each project, so that its entries have that alike. The project and the classification can be given to a new
 * entry only: the call that changes one has no place for them.
 */
export const timecardSchema: StreamSchema = {
  stream: "timecard_entries",
  noun: { one: "timecard entry", many: "timecard entries" },
  about: "The time of one person on one day, in one project and on one cost code.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the entry." },
    party_id: {
      type: "reference",
      access: "write",
      required: true,
      references: "people",
      about: "The worker: the number of the person, which of a contact is its own.",
    },
    project_id: {
      type: "reference",
      access: "create",
      required: true,
      references: "projects",
      about: "The project that was worked for.",
    },
    date: { type: "date", access: "write", required: true, about: "Day, in the project's zone." },
    hours: {
      type: "decimal",
      access: "write",
      about: "Hours, in projects that record total hours.",
    },
    time_in: {
      type: "instant",
      access: "write",
      about: "Begin of work, in projects that record start and stop.",
    },
    time_out: {
      type: "instant",
      access: "write",
      about: "End of work, in projects that record start and stop.",
    },
    lunch_time: {
      type: "integer",
      access: "write",
      about: "Minutes of break, in projects that record start and stop.",
    },
    cost_code_id: inProject("cost_codes", "Cost code of the project."),
    sub_job_id: inProject("sub_jobs", "Sub job of the project."),
    location_id: inProject(
      "locations",
      "Location in the project; Procore's list does not tell it.",
    ),
    work_classification_id: {
      type: "reference",
      access: "create",
      references: "work_classifications",
      about: "Work classification of the worker that day; Procore's list does not tell it.",
    },
    time_type_id: inProject("time_types", "Time type."),
    timesheet_id: inProject("timesheets", "Timesheet of the project that the entry stands on."),
    billable: { type: "boolean", access: "write", about: "Whether the time can be billed." },
    description: { type: "text", access: "write", about: "Comments." },
    approval_status: {
      type: "choice",
      access: "write",
      choices: approvalStates,
      about: "How far the entry has been approved.",
    },
    in_progress: {
      type: "boolean",
      access: "read",
      about: "Whether the worker is still clocked in.",
    },
    origin_id: { type: "text", access: "read", about: "Whole number that an integration gave it." },
    origin_data: {
      type: "text",
      access: "write",
      about: "Text that an integration keeps with the entry, such as the id of the shift.",
    },
    created_at: { type: "instant", access: "read", about: "When the entry was created." },
    updated_at: { type: "instant", access: "read", about: "When the entry was changed last." },
  },
  label: ["date", "party_id"],
  batchMax: { create: timecardsPerCall, alike: "project_id" },
  window: { field: "date" },
};

/** Every entry has these. */
export const neverEmpty: readonly string[] = ["party_id", "project_id", "date"];

/** Neither the list nor the answer about one entry is described to have these. */
const untold: readonly string[] = ["location_id", "work_classification_id"];

/** Of an answer about one entry, which may leave out the keys that are empty. */
export const emptyWhenLeftOut: readonly string[] = Object.keys(timecardSchema.fields).filter(
  (name) => !untold.includes(name),
);
