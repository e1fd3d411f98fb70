import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { permissionLevelFromWire } from "../convert.ts";
import type { ListSource } from "./list.ts";

export const permissionLevelsSchema: StreamSchema = {
  stream: "permission_levels",
  noun: { one: "permission level", many: "permission levels" },
  about: "Permission levels: what a person who logs in may do.",
  fields: {
    name: { type: "text", access: "read", about: "The name of the permission level." },
  },
  label: ["name"],
};

export const permissionLevels: ListSource = {
  schema: permissionLevelsSchema,
  list: "permission-level-options",
  fromWire: permissionLevelFromWire,
};
