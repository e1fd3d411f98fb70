import { createHmac } from "node:crypto";

/*
 * Webhooks are signed as the Standard Webhooks specification says, so that receivers can check them with libraries that
 * exist: https://www.standardwebhooks.com.
 */

const secretPrefix = "whsec_";

/** The headers of one delivery. `at` is that of the try, because receivers refuse what is older than some minutes. */
export function signedHeaders(
  secret: string,
  what: { readonly id: string; readonly at: Date; readonly body: string },
): Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const timestamp = String(Math.floor(what.at.getTime() / 1_000));
  const signature = createHmac("sha256", keyOf(secret))
    .update(`${what.id}.${timestamp}.${what.body}`)
    .digest("base64");
  return {
    "webhook-id": what.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

/** What follows the prefix is base64. A secret without it is taken for the bytes of its text. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(secretPrefix)
    ? Buffer.from(secret.slice(secretPrefix.length), "base64")
    : Buffer.from(secret, "utf8");
}
