import { and, type Database, eq, isNull, lt, or } from "#drizzle";
import type { ServiceStore, Session, Token } from "../../service-store.ts";
import { present } from "./present.ts";
import { sessions, tokens } from "./schema.ts";

/* Who may come in. Of tokens and sessions a hash is stored, and never given back. */

export async function addToken(database: Database, token: Token, hash: string): Promise<void> {
  await database.insert(tokens).values({ ...token, hash });
}

export async function allTokens(database: Database): Promise<readonly Token[]> {
  const rows = await database.select().from(tokens).orderBy(tokens.createdAt, tokens.id);
  return rows.map(tokenOf);
}

export async function tokenByHash(database: Database, hash: string): Promise<Token | null> {
  const [row] = await database.select().from(tokens).where(eq(tokens.hash, hash));
  return row ? tokenOf(row) : null;
}

export async function touchToken(database: Database, id: string, at: Date): Promise<void> {
  const isNewer = or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, at));
  await database
    .update(tokens)
    .set({ lastUsedAt: at })
    .where(and(eq(tokens.id, id), isNewer));
}

/** The sessions of the token go with it. */
export async function revokeToken(database: Database, id: string, at: Date): Promise<boolean> {
  const revoked = await database
    .update(tokens)
    .set({ revokedAt: at })
    .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id });
  await database.delete(sessions).where(eq(sessions.tokenId, id));
  return revoked.length > 0;
}

export async function addSession(
  database: Database,
  session: Session,
  hash: string,
): Promise<void> {
  await database.insert(sessions).values({ ...session, hash });
}

export async function sessionByHash(
  database: Database,
  hash: string,
): ReturnType<ServiceStore["sessionByHash"]> {
  const [row] = await database
    .select()
    .from(sessions)
    .innerJoin(tokens, eq(tokens.id, sessions.tokenId))
    .where(eq(sessions.hash, hash));
  if (row === undefined) return null;
  const { hash: _, ...session } = row.sessions;
  return { session, token: tokenOf(row.tokens) };
}

export async function endSession(database: Database, id: string): Promise<void> {
  await database.delete(sessions).where(eq(sessions.id, id));
}

function tokenOf({ hash: _, ...token }: typeof tokens.$inferSelect): Token {
  return present(token);
}
