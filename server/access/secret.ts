import { createHash } from "node:crypto";

/* Texts that let somebody in. What is stored of them is a hash: they are random, so that a slow one would protect nothing. */

/** Bytes of a token or a session: nobody can try them all. */
export const secretLength = 32;

/** What tokens begin with, so that people and scanners know one when they see it. */
const tokenPrefix = "sct_";

export function secretText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

export function tokenText(bytes: Uint8Array): string {
  return `${tokenPrefix}${secretText(bytes)}`;
}

export function secretHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
