import { createHash } from "node:crypto";
import { jsonPieces } from "./json-pieces.ts";

/** SHA-256 of the UTF-8 text, as 64 hexadecimal digits. Of data: `digest(canonicalJson(data))`. */
export function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** `digest(JSON.stringify(map))`, also where that text would be too long to be one. */
export function digestOfMap(map: object): string {
  const hash = createHash("sha256");
  for (const piece of jsonPieces(map)) hash.update(piece, "utf8");
  return hash.digest("hex");
}

/** Enough of a digest for people to tell two apart; never enough to decide anything by. */
const shortDigestLength = 12;

/** The beginning of a digest, for messages and headings. */
export function shortDigest(full: string): string {
  return full.slice(0, shortDigestLength);
}
