import type { Stream } from "../../../engine/connector/connector.ts";
import type { Company } from "../company.ts";
import { findUserByOrigin, getUser, readUsers } from "./user-reads.ts";
import { userSchema } from "./user-schema.ts";
import { createOneUser, createUsers, updateUsers } from "./user-writes.ts";

/** Users cannot be deleted (documented), so that there is no `remove`. */
export function usersStream(company: Company): Stream {
  return {
    schema: userSchema,
    readLagMs: company.readLagMs,
    read: (call) => readUsers(company, call),
    get: (id, call) => getUser(company, id, call),
    create: (item, call) => createOneUser(company, item, call),
    createMany: (items, call) => createUsers(company, items, call),
    async update(item, call) {
      const [result] = await updateUsers(company, [item], call);
      if (!result) throw new Error("an update of one user had no result");
      return result;
    },
    updateMany: (items, call) => updateUsers(company, items, call),
    ...(company.claimsOriginId && {
      findByOrigin: (originId, call) => findUserByOrigin(company, originId, call),
    }),
  };
}
