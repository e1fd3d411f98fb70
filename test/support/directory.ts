import type { Simulator } from "../../connectors/http/simulator/simulator.ts";

/* The Procore directory as somebody sees and edits it on Procore's own pages. */

type DirectoryRecord = Readonly<Record<string, unknown>>;

export interface Directory {
  users(): readonly DirectoryRecord[];
  contacts(): readonly DirectoryRecord[];
  /** Users who were invited; syncctl must never add one. */
  invitations(): readonly unknown[];
  templateName(id: unknown): unknown;
  /** Changes the one user with this e-mail address. */
  editUser(email: string, patch: DirectoryRecord): void;
  /** Changes the one contact with this employee ID. */
  editContact(employeeId: string, patch: DirectoryRecord): void;
  addUser(user: DirectoryRecord): void;
  removeUser(email: string): void;
}

type Saved = Readonly<Record<string, readonly DirectoryRecord[]>>;

export function directoryOf(simulator: Simulator): Directory {
  const list = (name: string) => (simulator.save() as Saved)[name] ?? [];

  function edit(name: string, key: string, value: string, patch: DirectoryRecord): void {
    const saved = simulator.save() as Saved;
    const found = list(name).filter((record) => record[key] === value);
    if (found.length !== 1) throw new Error(`${found.length} ${name} have ${key} ${value}`);
    const edited = list(name).map((record) =>
      record[key] === value ? { ...record, ...patch } : record,
    );
    simulator.load({ ...saved, [name]: edited });
  }

  return {
    users: () => list("users"),
    contacts: () => list("contacts"),
    invitations: () => list("invitations"),
    templateName: (id) =>
      list("permissionTemplates").find((template) => template["id"] === id)?.["name"],
    editUser: (email, patch) => edit("users", "email_address", email, patch),
    editContact: (employeeId, patch) => edit("contacts", "employee_id", employeeId, patch),
    addUser: (user) =>
      simulator.load({ ...(simulator.save() as Saved), users: [...list("users"), user] }),
    removeUser: (email) =>
      simulator.load({
        ...(simulator.save() as Saved),
        users: list("users").filter((record) => record["email_address"] !== email),
      }),
  };
}
