import type { FieldSchema, StreamSchema } from "../../../engine/connector/schema.ts";

/* What a time card can point to within its project. Cost codes, sub jobs and locations are read, and not written. */

const projectId: FieldSchema = {
  type: "reference",
  access: "read",
  references: "projects",
  about: "The project that it belongs to.",
};

const stamps = {
  created_at: { type: "instant", access: "read", about: "When it was created." },
  updated_at: { type: "instant", access: "read", about: "When it was changed last." },
} as const;

const originId: FieldSchema = {
  type: "text",
  access: "read",
  about: "Id that the one integration which owns it has given it.",
};

export const costCodeSchema: StreamSchema = {
  stream: "cost_codes",
  noun: { one: "cost code", many: "cost codes" },
  about: "Cost codes of every project that shows them, those of its sub jobs among them.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the cost code." },
    project_id: projectId,
    code: { type: "text", access: "read", about: "The code without that of its parent." },
    full_code: { type: "text", access: "read", about: "The whole code, such as 03-300." },
    name: { type: "text", access: "read", about: "Its name." },
    parent_id: {
      type: "reference",
      access: "read",
      references: "cost_codes",
      about: "The cost code above it.",
    },
    sub_job_id: {
      type: "reference",
      access: "read",
      references: "sub_jobs",
      about: "The sub job that it belongs to; empty for one of the project itself.",
    },
    origin_id: originId,
    ...stamps,
  },
  label: ["full_code", "name"],
};

export const subJobSchema: StreamSchema = {
  stream: "sub_jobs",
  noun: { one: "sub job", many: "sub jobs" },
  about: "Sub jobs of every project that shows them.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the sub job." },
    project_id: projectId,
    name: { type: "text", access: "read", about: "Its name." },
    code: { type: "text", access: "read", about: "Its code, once in a project." },
    origin_id: originId,
    ...stamps,
  },
  label: ["code", "name"],
};

export const locationSchema: StreamSchema = {
  stream: "locations",
  noun: { one: "location", many: "locations" },
  about: "Locations of every project that shows them.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the location." },
    project_id: projectId,
    name: { type: "text", access: "read", about: "Name with those of all locations above it." },
    node_name: { type: "text", access: "read", about: "Name of its own." },
    parent_id: {
      type: "reference",
      access: "read",
      references: "locations",
      about: "The location above it.",
    },
    code: { type: "text", access: "read", about: "Its code." },
    ...stamps,
  },
  label: ["name"],
};
