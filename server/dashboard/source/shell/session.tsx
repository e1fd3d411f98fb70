import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role } from "../../../../engine/state/service-store.ts";
import type { SessionView } from "../api/client.ts";

/** Who looks at the page. Everything below the shell has one. */
export const SessionContext = createContext<SessionView | undefined>(undefined);

export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("This part stands outside of the shell.");
  return session;
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

const needs: Readonly<Record<Role, string>> = {
  viewer: "You have to be signed in for this.",
  operator:
    "You may look at everything. To change something, you need a token with the role “operator”.",
  admin: "This takes a token with the role “admin”.",
};

/** Undefined if whoever looks at the page may do it, else why not. */
export function useMay(role: Role): string | undefined {
  const { actor } = useSession();
  return mayNot(actor.role, role);
}

export function mayNot(has: Role, role: Role): string | undefined {
  return rank[has] >= rank[role] ? undefined : needs[role];
}
