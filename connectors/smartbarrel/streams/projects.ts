import type { StreamSchema } from "../../../engine/connector/schema.ts";

export const projectsSchema: StreamSchema = {
  stream: "projects",
  noun: { one: "project", many: "projects" },
  about: "Projects, with the settings of their timesheets.",
  fields: {
    name: { type: "text", access: "write", required: true, about: "The name." },
    number: { type: "text", access: "write", about: "The number." },
    timezone: {
      type: "timezone",
      access: "write",
      about: "The time zone, in which the days of shifts are counted.",
    },
    status: {
      type: "choice",
      access: "write",
      choices: ["active", "inactive"],
      about: "Whether the project is worked on.",
    },
    only_approved_shifts: {
      type: "boolean",
      access: "write",
      about: "The setting that leaves shifts out of timesheets until they are approved.",
    },
    include_sub_workers: {
      type: "boolean",
      access: "write",
      about: "The setting that takes workers of subcontractors into timesheets.",
    },
    auto_sync_time_card: {
      type: "boolean",
      access: "write",
      about: "The setting of SmartBarrel's own hourly sync of timesheets.",
    },
    procore_project_id: {
      type: "text",
      access: "write",
      about: "The number of the Procore project that the project is tied to.",
    },
  },
  label: ["name"],
};
