/** What stands in the place of a secret. */
const mask = "[secret]";

/** Shorter texts occur in ordinary words by chance, and masking them would make every message unreadable. */
const secretCharsMin = 4;

/** What looks like a credential wherever it occurs, whoever it belongs to. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w\-.~+/=]{4,}/gi, `$1 ${mask}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, mask],
  [
    /\b((?:access_|refresh_|id_|api_?)?(?:token|key)|client_secret|password|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,;}\]]{4,}/gi,
    `$1$2${mask}`,
  ],
  [/(\/\/)[^/\s:@]+:[^/\s@]+@/g, `$1${mask}@`],
];

/** Takes the given secrets, in every spelling in which they travel, and whatever looks like a credential out of a text. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  const spellings = [...new Set([...secrets].flatMap(spellingsOf))]
    .filter((spelling) => spelling.length >= secretCharsMin)
    .sort((a, b) => b.length - a.length);
  const known = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, mask), text);
  return patterns.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), known);
}

function spellingsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    // As JSON spells it inside a string.
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
}

/** The secrets inside an `Authorization` header: the whole, the credentials, and the two halves of a Basic pair. */
export function secretsOfAuthorization(authorization: string): string[] {
  const [scheme = "", credentials = ""] = authorization.split(/\s+/, 2);
  const pair =
    scheme.toLowerCase() === "basic" ? Buffer.from(credentials, "base64").toString() : "";
  const [, secret = ""] = /^[^:]*:(.*)$/s.exec(pair) ?? [];
  return [authorization, credentials, secret].filter((text) => text !== "");
}
