import type { Session, Token } from "../../engine/state/service-store.ts";
import type { Access, Known } from "../../server/access/access.ts";
import type { Actor } from "../../server/service.ts";
import { ago } from "./service-fake-workspaces.ts";

/** Texts of the tokens that the invented installation starts with. */
export const fakeTokens = {
  viewer: "viewer-token",
  operator: "operator-token",
  admin: "admin-token",
  /** A viewer of one workspace. */
  harbor: "harbor-token",
  revoked: "revoked-token",
} as const;

export interface FakeAccess extends Access {
  /** By their text. */
  readonly tokens: Map<string, Token>;
  readonly sessions: Map<string, { readonly session: Session; readonly token: Token }>;
  revoke(id: string): Token | undefined;
}

const sessionMinutes = 8 * 60;

export function fakeAccess(now: () => Date, isOpen: boolean): FakeAccess {
  const tokens = startTokens(now());
  const sessions: FakeAccess["sessions"] = new Map();
  let opened = 0;
  const valid = (token: Token | undefined): token is Token =>
    token !== undefined && token.revokedAt === undefined;
  return {
    tokens,
    sessions,
    async byToken(text) {
      const token = tokens.get(text);
      return valid(token) ? { how: "token", actor: actorOf(token) } : null;
    },
    async bySession(text): Promise<Known | null> {
      const found = sessions.get(text);
      if (!found || found.session.expiresAt <= now() || !valid(found.token)) return null;
      return { how: "session", actor: actorOf(found.token), session: found.session };
    },
    async signIn(text) {
      const token = tokens.get(text);
      if (!valid(token)) return null;
      opened += 1;
      const session: Session = {
        id: `session-id-${opened}`,
        tokenId: token.id,
        csrf: `csrf-${opened}`,
        createdAt: now(),
        expiresAt: ago(now(), -sessionMinutes),
      };
      sessions.set(`session-text-${opened}`, { session, token });
      return { text: `session-text-${opened}`, session, actor: actorOf(token) };
    },
    async signOut(sessionId) {
      for (const [text, { session }] of sessions) {
        if (session.id === sessionId) sessions.delete(text);
      }
    },
    async isOpen() {
      return isOpen;
    },
    revoke(id) {
      for (const [text, token] of tokens) {
        if (token.id !== id || token.revokedAt) continue;
        const revoked = { ...token, revokedAt: now() };
        tokens.set(text, revoked);
        for (const [key, { session }] of sessions) if (session.tokenId === id) sessions.delete(key);
        return revoked;
      }
      return undefined;
    },
  };
}

function actorOf({ name, role, workspaces }: Token): Actor {
  return { name, role, ...(workspaces ? { workspaces } : {}) };
}

function startTokens(now: Date): Map<string, Token> {
  const made = { createdAt: ago(now, 60 * 24 * 40), createdBy: "syncctl token" };
  return new Map<string, Token>([
    [
      fakeTokens.viewer,
      { id: "t-viewer", name: "Wall screen", role: "viewer", ...made, lastUsedAt: ago(now, 2) },
    ],
    [fakeTokens.operator, { id: "t-operator", name: "Tom Okafor", role: "operator", ...made }],
    [
      fakeTokens.admin,
      {
        id: "t-admin",
        name: "Hana Novak",
        role: "admin",
        ...made,
        expiresAt: ago(now, -60 * 24 * 90),
      },
    ],
    [
      fakeTokens.harbor,
      { id: "t-harbor", name: "Harbor office", role: "viewer", workspaces: ["harbor"], ...made },
    ],
    [
      fakeTokens.revoked,
      { id: "t-revoked", name: "Old script", role: "admin", ...made, revokedAt: ago(now, 600) },
    ],
  ]);
}
