import { createHash } from "node:crypto";

/** SHA-256 of the UTF-8 text, as 64 hexadecimal digits. Of data: `digest(canonicalJson(data))`. */
export function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Enough of a digest for people to tell two apart; never enough to decide anything by. */
const shortDigestLength = 12;

/** The beginning of a digest, for messages and headings. */
export function shortDigest(full: string): string {
  return full.slice(0, shortDigestLength);
}
