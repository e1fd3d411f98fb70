import { keyOf } from "./records.ts";
import { emailKey, type User } from "./user.ts";

/** Finds users by what must be unique among them, as they are now, active and inactive. */
export interface UserIndex {
  put(user: User): void;
  load(users: readonly User[]): void;
  /** In all companies. */
  ofEmail(email: unknown): readonly User[];
  ofOrigin(companyId: number, origin: unknown): readonly User[];
}

export function createUserIndex(): UserIndex {
  const groups = new Map<string, Map<string, User>>();
  const known = new Map<string, readonly string[]>();

  function put(user: User): void {
    const id = keyOf(user);
    for (const key of known.get(id) ?? []) groups.get(key)?.delete(id);
    const keys = [
      emailText(user.attributes["email_address"]),
      originText(user.company_id, user.attributes["origin_id"]),
    ].filter((key) => key !== null);
    for (const key of keys) {
      const group = groups.get(key) ?? new Map<string, User>();
      groups.set(key, group.set(id, user));
    }
    known.set(id, keys);
  }

  function find(key: string | null): readonly User[] {
    return key === null ? [] : [...(groups.get(key)?.values() ?? [])];
  }

  return {
    put,
    load(users) {
      groups.clear();
      known.clear();
      users.forEach(put);
    },
    ofEmail: (email) => find(emailText(email)),
    ofOrigin: (companyId, origin) => find(originText(companyId, origin)),
  };
}

function emailText(email: unknown): string | null {
  const key = emailKey(email);
  return key === "" ? null : `email ${key}`;
}

function originText(companyId: number, origin: unknown): string | null {
  return typeof origin === "string" && origin !== "" ? `origin ${companyId} ${origin}` : null;
}
