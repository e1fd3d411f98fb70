import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { jobTitleFromWire } from "../convert.ts";
import type { ListSource } from "./list.ts";

export const jobTitlesSchema: StreamSchema = {
  stream: "job_titles",
  noun: { one: "job title", many: "job titles" },
  about: "Job titles that people can have.",
  fields: {
    name: { type: "text", access: "read", about: "The text of the title." },
    globally_accessible: {
      type: "boolean",
      access: "read",
      about: "Whether every group can use the title.",
    },
  },
  label: ["name"],
};

export const jobTitles: ListSource = {
  schema: jobTitlesSchema,
  list: "job-titles",
  fromWire: jobTitleFromWire,
};
