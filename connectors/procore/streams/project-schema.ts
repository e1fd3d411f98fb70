import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { acceptsTimeZone } from "../time-zones.ts";

/**
 * Procore takes up to 1,000 projects a call, and warns that its bulk call is slow for projects. A hundred saves 99 calls
 * of a hundred, and is done well within the time that a call may take.
 */
const projectsPerCall = 100;

export const projectSchema: StreamSchema = {
  stream: "projects",
  noun: { one: "project", many: "projects" },
  about: "Projects that the app is permitted to see, active and inactive.",
  fields: {
    id: { type: "text", access: "read", about: "Number that Procore gave the project." },
    name: { type: "text", access: "write", required: true, about: "Name of the project." },
    project_number: {
      type: "text",
      access: "write",
      about: "Number that the company gave the project; not proved to be unique.",
    },
    display_name: {
      type: "text",
      access: "read",
      about: "Number and name, as Procore shows them.",
    },
    active: { type: "boolean", access: "write", about: "Whether the project is active." },
    start_date: { type: "date", access: "write", about: "Day on which the contract is signed." },
    completion_date: {
      type: "date",
      access: "write",
      about: "Day on which the project is to be substantially complete.",
    },
    actual_start_date: { type: "date", access: "read", about: "Day on which the work began." },
    projected_finish_date: {
      type: "date",
      access: "read",
      about: "Day on which Procore expects the project to be finished.",
    },
    address: { type: "text", access: "write", about: "Street and number." },
    city: { type: "text", access: "write", about: "City." },
    zip: { type: "text", access: "write", about: "Postal code." },
    state_code: { type: "text", access: "write", about: "State, such as WA (ISO 3166-2)." },
    country_code: { type: "text", access: "write", about: "Country, such as US (ISO 3166-1)." },
    county: {
      type: "text",
      access: "read",
      about: "County; a new project cannot be given one, so that it is not written here.",
    },
    time_zone: {
      type: "timezone",
      access: "write",
      accepts: acceptsTimeZone,
      about: "Time zone; Procore has fewer than there are, and takes the one with the same clocks.",
    },
    phone: { type: "phone", access: "write", about: "Telephone number of the project." },
    description: { type: "text", access: "write", about: "Description." },
    project_stage: { type: "text", access: "read", about: "Name of the stage that it is in." },
    project_template_id: {
      type: "integer",
      access: "create",
      about:
        "Number of the template that a new project is made from; Procore's lists do not tell it.",
    },
    origin_id: {
      type: "text",
      access: "read",
      about: "Id that the one integration which owns it has given the project.",
    },
    created_at: { type: "instant", access: "read", about: "When the project was created." },
    updated_at: { type: "instant", access: "read", about: "When the project was changed last." },
  },
  label: ["project_number", "name"],
  batchMax: { update: projectsPerCall },
};

/** Every project has these (documented). */
export const neverEmpty: readonly string[] = ["name", "active", "time_zone"];

/** No answer is described to tell these under this name. */
const neverTold: readonly string[] = ["project_template_id"];

/** The fields that are empty when an answer about one project leaves them out. */
export const emptyWhenLeftOut: readonly string[] = Object.keys(projectSchema.fields).filter(
  (name) => !neverEmpty.includes(name) && !neverTold.includes(name),
);
