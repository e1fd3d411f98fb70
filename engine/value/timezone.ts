/** There are about 600 names and aliases; more is somebody's free text. */
const rememberedMax = 1_000;

const remembered = new Map<string, string | null>();

/** The IANA name that an IANA name or alias stands for (`US/Pacific`: `America/Los_Angeles`); null for any other text. */
export function timezoneName(text: string): string | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const name = resolve(text);
  remembered.set(text, name);
  return name;
}

function resolve(text: string): string | null {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: text }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
