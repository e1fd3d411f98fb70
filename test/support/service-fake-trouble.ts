import type { Code } from "../../engine/codes.ts";
import type { Role } from "../../engine/state/service-store.ts";
import type { Actor, Answer, ServiceTrouble } from "../../server/service.ts";

/* What the invented service refuses, with the same codes as the real one. */

export type Refused = Extract<Answer<never>, { readonly ok: false }>;

export function refused(status: ServiceTrouble["status"], code: Code, message: string): Refused {
  return { ok: false, trouble: { status, code, message } };
}

export function fine<T>(value: T): Answer<T> {
  return { ok: true, value };
}

const ranks: readonly Role[] = ["viewer", "operator", "admin"];

/** Null when the actor may. */
export function mustBe(actor: Actor, role: Role): Refused | null {
  if (ranks.indexOf(actor.role) >= ranks.indexOf(role)) return null;
  return refused(
    403,
    "not-allowed",
    `This takes the role ${role}; ${actor.name} is ${actor.role}.`,
  );
}

export function sees(actor: Actor, workspace: string): boolean {
  return actor.workspaces === undefined || actor.workspaces.includes(workspace);
}

export function noWorkspace(name: string): Refused {
  return refused(404, "workspace-unknown", `There is no workspace "${name}".`);
}

export function noMapping(name: string): Refused {
  return refused(404, "mapping-unknown", `There is no mapping "${name}".`);
}

export function noRun(id: string): Refused {
  return refused(404, "request-unknown", `There is no run "${id}".`);
}
