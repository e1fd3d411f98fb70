import { readdirSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import type { ExitCode } from "./exit-code.ts";
import { report } from "./trouble.ts";
import { root } from "./version.ts";

/** A command line that cannot be understood: what is wrong with it, and where to read how it goes. */
export function reportUsage(error: Error, argv: readonly string[]): ExitCode {
  const unknown = /^command (.+) not found$/i.exec(error.message)?.[1]?.replaceAll(":", " ");
  const message =
    unknown === undefined
      ? error.message.replace(/\nSee more help with --help$/, "").replace(/\.?\s*$/, ".")
      : `There is no command "${unknown}".`;
  const words = unknown === undefined ? commandWords(argv) : [];
  const meant = unknown === undefined ? undefined : nearestCommand(unknown);
  const help = `See \`syncctl ${[...words, "--help"].join(" ")}\`.`;
  return report(
    {
      code: "command-unclear",
      message,
      help: meant === undefined ? help : `Did you mean \`syncctl ${meant}\`? ${help}`,
    },
    { json: argv.includes("--json") },
  );
}

/** The words of the command line that name the command, longest match first. */
function commandWords(argv: readonly string[]): readonly string[] {
  const words = argv.slice(0, 2).filter((word) => !word.startsWith("-"));
  const known = commandNames();
  const found = [words, words.slice(0, 1)].find((some) => known.includes(some.join(" ")));
  return found ?? [];
}

function nearestCommand(unknown: string): string | undefined {
  const near = closest(unknown, [...commandNames()]);
  return distance(unknown, near) <= Math.max(1, unknown.length / 3) ? near : undefined;
}

function commandNames(): readonly string[] {
  return readdirSync(join(root, "cli/commands"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replace(/(\/index)?\.ts$/, "").replaceAll("/", " "));
}
