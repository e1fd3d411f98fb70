import type { FieldSchema, StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fit } from "../../../engine/value/fit.ts";
import { shown } from "../../../engine/value/shown.ts";
import type { Value } from "../../../engine/value/value.ts";
import { dailyTime } from "../daily-time.ts";

/* Groups change by a call of their own in the product, and whoever uses it decides on them after the creation. */
export const projectsSchema: StreamSchema = {
  stream: "projects",
  noun: { one: "project", many: "projects" },
  about:
    "Projects, in planning, under way and over. Roles, assignments, tags, categories and custom fields are not read.",
  fields: {
    name: { type: "text", access: "write", required: true, about: "The name." },
    project_number: {
      type: "text",
      access: "write",
      about: "The project number; the product does not promise that it is unique.",
    },
    status: {
      type: "choice",
      access: "write",
      required: true,
      choices: ["active", "pending", "inactive"],
      about:
        "Active projects are under way and need a start date, pending ones are planned, inactive ones are over.",
    },
    start_date: {
      type: "date",
      access: "write",
      about: "The day on which it begins; an active project needs one.",
    },
    est_end_date: {
      type: "date",
      access: "write",
      about: "The day on which it is planned to end: Est. End Date or Planned End Date.",
    },
    closed_date: { type: "date", access: "write", about: "The day on which it was closed." },
    timezone: {
      type: "timezone",
      access: "write",
      about: "Its time zone; empty if that of its first group counts.",
    },
    ...texts({
      address_1: "The first line of the address.",
      address_2: "The second line of the address.",
      city_town: "The city or town.",
      state_province: "The state or province.",
      zipcode: "The postal code.",
      country: "The country.",
      customer_name: "The customer.",
      project_type: "The type of project.",
    }),
    color: {
      type: "text",
      access: "write",
      accepts: colorFit,
      about: "The color that it is shown in, such as #3366AA.",
    },
    daily_start_time: {
      type: "text",
      access: "write",
      accepts: dailyTimeFit,
      about: "The time at which a day of work begins, such as 7:30 am, in steps of 15 minutes.",
    },
    daily_end_time: {
      type: "text",
      access: "write",
      accepts: dailyTimeFit,
      about: "The time at which a day of work ends, such as 3:30 pm, in steps of 15 minutes.",
    },
    bid_rate: { type: "decimal", access: "write", about: "The bid rate." },
    percent_complete: { type: "decimal", access: "write", about: "How much of it is done." },
    group_ids: {
      type: "text",
      access: "create",
      required: true,
      about:
        "The ids of the groups that see it, with commas between them; for all groups, the ids of all.",
    },
    created_at: { type: "instant", access: "read", about: "When the project was created." },
    updated_at: { type: "instant", access: "read", about: "When the project was changed last." },
  },
  label: ["project_number", "name"],
};

function texts(abouts: Readonly<Record<string, string>>): Readonly<Record<string, FieldSchema>> {
  const fields = Object.entries(abouts).map(([name, about]) => {
    const field: FieldSchema = { type: "text", access: "write", about };
    return [name, field] as const;
  });
  return Object.fromEntries(fields);
}

function colorFit(value: Value): Fit {
  return typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value)
    ? { ok: true, value }
    : { ok: false, why: `${shown(value)} is no color such as #3366AA` };
}

function dailyTimeFit(value: Value): Fit {
  const time = typeof value === "string" ? dailyTime(value) : null;
  return time === null
    ? { ok: false, why: `${shown(value)} is no time of day such as 7:30 am` }
    : { ok: true, value: time };
}
