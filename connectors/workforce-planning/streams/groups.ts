import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { groupFromWire } from "../convert.ts";
import type { ListSource } from "./list.ts";

export const groupsSchema: StreamSchema = {
  stream: "groups",
  noun: { one: "group", many: "groups" },
  about: "Groups: the parts of the company that people and projects belong to.",
  fields: {
    name: { type: "text", access: "read", about: "The name of the group." },
    timezone: { type: "timezone", access: "read", about: "The time zone of the group." },
  },
  label: ["name"],
};

export const groups: ListSource = {
  schema: groupsSchema,
  list: "groups",
  fromWire: groupFromWire,
};
