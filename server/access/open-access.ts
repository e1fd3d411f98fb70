import type { Clock } from "../../engine/connector/connector.ts";
import type { ServiceStore, Session, Token } from "../../engine/state/service-store.ts";
import type { Actor } from "../service.ts";
import type { Access, Known } from "./access.ts";
import { isLoopback } from "./loopback-host.ts";
import { secretHash, secretLength, secretText } from "./secret.ts";

export interface AccessDeps {
  readonly store: ServiceStore;
  readonly clock: Clock;
  /** A new unique id. */
  readonly newId: () => string;
  /** Bytes that nobody can guess. */
  readonly secretBytes: (length: number) => Uint8Array;
  /** Where the service listens. */
  readonly listenHost: string;
  readonly sessionHours: number;
}

/** Between two notes of when a token was used last, milliseconds: a page asks many times a second. */
const touchMs = 60_000;

const hourMs = 3_600_000;

/** Knows tokens and sessions by their hashes. Nothing is kept: what is revoked in one process is refused in all at once. */
export function openAccess(deps: AccessDeps): Access {
  const { store } = deps;

  async function goodToken(text: string): Promise<Token | null> {
    const token = await store.tokenByHash(secretHash(text));
    if (!token || !isGood(token, deps.clock.now())) return null;
    await touch(deps, token);
    return token;
  }

  return {
    async byToken(text) {
      const token = await goodToken(text);
      return token && { how: "token", actor: actorOf(token) };
    },
    async bySession(text): Promise<Known | null> {
      const found = await store.sessionByHash(secretHash(text));
      const now = deps.clock.now();
      if (!found || found.session.expiresAt <= now || !isGood(found.token, now)) return null;
      await touch(deps, found.token);
      return { how: "session", actor: actorOf(found.token), session: found.session };
    },
    async signIn(text) {
      const token = await goodToken(text);
      if (!token) return null;
      const session = sessionFor(deps, token);
      const own = secretText(deps.secretBytes(secretLength));
      await store.addSession(session, secretHash(own));
      return { text: own, session, actor: actorOf(token) };
    },
    signOut: (sessionId) => store.endSession(sessionId),
    async isOpen() {
      // Also one that was revoked counts: revoking the last token must not open the door.
      return isLoopback(deps.listenHost) && (await store.tokens()).length === 0;
    },
  };
}

function isGood({ revokedAt, expiresAt }: Token, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}

async function touch({ store, clock }: AccessDeps, { id, lastUsedAt }: Token): Promise<void> {
  const now = clock.now();
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < touchMs) return;
  await store.touchToken(id, now);
}

/** A session ends with its token at the latest. */
function sessionFor(deps: AccessDeps, token: Token): Session {
  const createdAt = deps.clock.now();
  const end = createdAt.getTime() + deps.sessionHours * hourMs;
  return {
    id: deps.newId(),
    tokenId: token.id,
    csrf: secretText(deps.secretBytes(secretLength)),
    createdAt,
    expiresAt: new Date(Math.min(end, token.expiresAt?.getTime() ?? end)),
  };
}

function actorOf({ name, role, workspaces }: Token): Actor {
  return { name, role, ...(workspaces ? { workspaces } : {}) };
}
