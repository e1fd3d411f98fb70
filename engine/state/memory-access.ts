import type { Session, Token } from "./service-store.ts";

export interface MemoryAccess {
  addToken(token: Token, hash: string): void;
  tokens(): readonly Token[];
  tokenByHash(hash: string): Token | null;
  touch(id: string, at: Date): void;
  revoke(id: string, at: Date): boolean;
  addSession(session: Session, hash: string): void;
  sessionByHash(hash: string): { readonly session: Session; readonly token: Token } | null;
  endSession(id: string): void;
  /** Removes sessions that are over, and gives their number. */
  endedBefore(now: Date): number;
}

interface Hashed<T> {
  readonly value: T;
  readonly hash: string;
}

export function memoryAccess(): MemoryAccess {
  const tokens = new Map<string, Hashed<Token>>();
  const sessions = new Map<string, Hashed<Session>>();

  function removeSessions(isOver: (session: Session) => boolean): number {
    const over = [...sessions.values()].filter(({ value }) => isOver(value));
    for (const { value } of over) sessions.delete(value.id);
    return over.length;
  }

  return {
    addToken: (token, hash) => add(tokens, token, hash),
    tokens: () =>
      structuredClone([...tokens.values()].map(({ value }) => value)).sort(
        (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
      ),
    tokenByHash: (hash) => structuredClone(withHash(tokens, hash) ?? null),
    touch: (id, at) => {
      const token = tokens.get(id);
      if (!token || (token.value.lastUsedAt && token.value.lastUsedAt >= at)) return;
      tokens.set(id, { ...token, value: { ...token.value, lastUsedAt: new Date(at) } });
    },
    revoke: (id, at) => {
      const token = tokens.get(id);
      if (!token || token.value.revokedAt) return false;
      tokens.set(id, { ...token, value: { ...token.value, revokedAt: new Date(at) } });
      removeSessions((session) => session.tokenId === id);
      return true;
    },
    addSession: (session, hash) => {
      if (!tokens.has(session.tokenId)) throw new Error(`There is no token ${session.tokenId}.`);
      add(sessions, session, hash);
    },
    sessionByHash: (hash) => {
      const session = withHash(sessions, hash);
      const token = session && tokens.get(session.tokenId)?.value;
      return session && token ? structuredClone({ session, token }) : null;
    },
    endSession: (id) => void sessions.delete(id),
    endedBefore: (now) => removeSessions((session) => session.expiresAt <= now),
  };
}

function add<T extends { readonly id: string }>(
  map: Map<string, Hashed<T>>,
  value: T,
  hash: string,
): void {
  if (map.has(value.id) || withHash(map, hash)) {
    throw new Error(`There is one with the id ${value.id} or with its hash already.`);
  }
  map.set(value.id, { value: structuredClone(value), hash });
}

function withHash<T>(map: ReadonlyMap<string, Hashed<T>>, hash: string): T | undefined {
  return [...map.values()].find((one) => one.hash === hash)?.value;
}
