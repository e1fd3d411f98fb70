import type * as store from "../../../../../engine/state/service-store.ts";
import type { Json } from "../../api/json.ts";

/* Tokens as the list of an admin shows them. */

export type Token = Json<store.Token>;

export type TokenState = "good" | "expires-soon" | "expired" | "revoked";

/** Days before the end of a token from which on it is worth a word. */
const soonDays = 14;
const dayMs = 86_400_000;

export function tokenState(token: Pick<Token, "expiresAt" | "revokedAt">, now: number): TokenState {
  if (token.revokedAt !== undefined) return "revoked";
  if (token.expiresAt === undefined) return "good";
  const left = Date.parse(token.expiresAt) - now;
  if (left <= 0) return "expired";
  return left < soonDays * dayMs ? "expires-soon" : "good";
}

/** Those that open a door first, the newest first; then the others. */
export function sortTokens(tokens: readonly Token[], now: number): readonly Token[] {
  const isOver = (token: Token) =>
    ["expired", "revoked"].includes(tokenState(token, now)) ? 1 : 0;
  return tokens.toSorted(
    (a, b) => isOver(a) - isOver(b) || Date.parse(b.createdAt) - Date.parse(a.createdAt),
  );
}

/** What a role may do, in a few words. */
export const roleMeaning: Readonly<Record<store.Role, string>> = {
  viewer: "sees runs, plans, records and settings, and changes nothing",
  operator: "runs mappings, approves plans, decides about records, changes settings",
  admin: "does all of that, and makes and revokes tokens",
};

export function workspacesText(token: Pick<Token, "workspaces">): string {
  if (token.workspaces === undefined) return "all";
  return token.workspaces.length === 0 ? "none" : token.workspaces.join(", ");
}

/** How long a new token is good for, to choose from; a text is the value of the choice. */
export const lifetimes: readonly { readonly days: number | null; readonly title: string }[] = [
  { days: 30, title: "30 days" },
  { days: 90, title: "90 days" },
  { days: 365, title: "one year" },
  { days: null, title: "until it is revoked" },
];

export function expiryOf(days: number | null, now: number): string | undefined {
  return days === null ? undefined : new Date(now + days * dayMs).toISOString();
}
