import type { Code } from "../engine/codes.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { jsonText, visible } from "./render/visible.ts";
import { terminal } from "./terminal.ts";

/** Expected trouble of a command: what is wrong, and what to do. */
export interface Trouble {
  readonly code: Code;
  readonly message: string;
  readonly help: string;
}

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
