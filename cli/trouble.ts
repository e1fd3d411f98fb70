import type { Trouble } from "../engine/trouble.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { jsonText, visible } from "./render/visible.ts";
import { terminal } from "./terminal.ts";

export type { Trouble } from "../engine/trouble.ts";

/** Says what is wrong and gives the exit code. With `--json`, a program reads it from where it reads everything else. */
export function report(trouble: Trouble, { json }: { readonly json: boolean }): ExitCode {
  if (json) {
    terminal.out(`${jsonText({ error: trouble })}\n`);
    return exitCode.error;
  }
  const { errPaint } = terminal;
  const head = `${errPaint(["red", "bold"], "error")} ${trouble.code}: ${visible(trouble.message)}`;
  terminal.err(`${head}\n  ${errPaint("cyan", "help")}: ${visible(trouble.help)}\n`);
  return exitCode.error;
}
