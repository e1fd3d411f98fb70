import { count, listed } from "../render/words.ts";

/** `2 workspaces: 1,204 links, 31 runs and 3 tokens.` */
export function copiedText(
  rows: Readonly<Record<string, number>>,
  workspaces: readonly string[],
): string {
  const told = Object.entries(shown).flatMap(([table, one]) => {
    const number = rows[table] ?? 0;
    return number === 0 ? [] : [count(number, ...one)];
  });
  return `${count(workspaces.length, "workspace")}: ${listed(told) || "nothing"}.`;
}

/** What people ask for; everything else goes along without a word. */
const shown: Readonly<Record<string, readonly [one: string, many: string]>> = {
  links: ["link", "links"],
  intents: ["change in doubt", "changes in doubt"],
  runs: ["run", "runs"],
  requests: ["run request", "run requests"],
  tokens: ["token", "tokens"],
};
