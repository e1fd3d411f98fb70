/** What stands in the place of a secret. */
const mask = "[secret]";

/** Shorter texts occur in ordinary words, and masking them would make lines unreadable. */
const secretCharsMin = 4;

export interface Mask {
  hide(secrets: readonly string[]): void;
  /** A line of JSON, with every secret that is known by now masked. */
  line(line: string): string;
}

export function openMask(): Mask {
  const known = new Set<string>();
  // Longest first, because one secret may hold another.
  let all = /(?!)/g;
  let inJson: readonly string[] = [];

  return {
    hide: (secrets) => {
      const before = known.size;
      for (const secret of secrets) {
        for (const spelling of spellingsOf(secret)) {
          if (spelling.length >= secretCharsMin) known.add(spelling);
        }
      }
      if (known.size === before) return;
      const spellings = [...known].sort((a, b) => b.length - a.length);
      all = new RegExp(spellings.map(asPattern).join("|"), "g");
      inJson = spellings.map((spelling) => JSON.stringify(spelling).slice(1, -1));
    },
    line: (line) => {
      // As text first: nearly no line holds a secret, and taking a line apart costs more.
      if (!inJson.some((spelling) => line.includes(spelling))) return line;
      const { level, time, ...told } = JSON.parse(line);
      return `${JSON.stringify({ level, time, ...Object(masked(told, all)) })}\n`;
    },
  };
}

/** In values only: a key is a word of ours, whatever secret is spelled like it. */
function masked(value: unknown, secrets: RegExp): unknown {
  if (typeof value === "string") return value.replace(secrets, mask);
  if (Array.isArray(value)) return value.map((each) => masked(each, secrets));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, masked(each, secrets)]),
  );
}

/** Every way in which a secret travels: as it is, in an address, and in a header of authentication. */
function spellingsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
}

function asPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
