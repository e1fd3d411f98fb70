import { inCompany, keyOf } from "./records.ts";
import { emailKey, type User } from "./user.ts";

/** Finds users by what must be unique among them, as they are now, active and inactive. */
export interface UserIndex {
  put(user: User): void;
  load(users: readonly User[]): void;
  /** In all companies. */
  ofEmail(email: unknown): readonly User[];
  /** In one company. */
  usersOf(companyId: number, key: "email_address" | "origin_id", value: unknown): readonly User[];
  /** The one whose person has this number. */
  ofPerson(companyId: number, person: unknown): User | undefined;
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
      personText(user.company_id, user.person_id),
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
    usersOf: (companyId, key, value) =>
      key === "email_address"
        ? inCompany(find(emailText(value)), companyId)
        : find(originText(companyId, value)),
    ofPerson: (companyId, person) => find(personText(companyId, person))[0],
  };
}

function emailText(email: unknown): string | null {
  const key = emailKey(email);
  return key === "" ? null : `email ${key}`;
}

function originText(companyId: number, origin: unknown): string | null {
  return typeof origin === "string" && origin !== "" ? `origin ${companyId} ${origin}` : null;
}

function personText(companyId: number, person: unknown): string {
  return `person ${companyId} ${String(person)}`;
}
