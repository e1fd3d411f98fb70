import type { Session } from "../../engine/state/service-store.ts";
import type { Actor } from "../service.ts";

/** Who a request over HTTP is from, and how that is known. */
export type Known =
  | { readonly how: "token"; readonly actor: Actor }
  /** A browser. What changes anything must carry the session's CSRF token. */
  | { readonly how: "session"; readonly actor: Actor; readonly session: Session }
  /** From this machine, while the service listens on loopback alone and has no tokens. */
  | { readonly how: "loopback"; readonly actor: Actor };

/** Answers who somebody is. Texts of tokens and sessions are hashed before they are looked up. */
export interface Access {
  /** Null for a text that is no token, is revoked or has expired. */
  byToken(text: string): Promise<Known | null>;
  bySession(text: string): Promise<Known | null>;
  /** Opens a session for the holder of a token; null as `byToken`. */
  signIn(
    token: string,
  ): Promise<{ readonly text: string; readonly session: Session; readonly actor: Actor } | null>;
  signOut(sessionId: string): Promise<void>;
  /** Whether the service can be used without a token: it listens on loopback only and has none. */
  isOpen(): Promise<boolean>;
}
