import { addressText, type RecordAddress } from "../../engine/value/address.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { jsonText, visible } from "../render/visible.ts";
import { inFolder, terminal } from "../terminal.ts";

/** Says what was done. Names come from outside systems, so that nothing of them may reach the terminal as it is. */
export function done(
  flags: { readonly json: boolean },
  value: unknown,
  lines: readonly string[],
): ExitCode {
  terminal.out(flags.json ? `${jsonText(value)}\n` : `${lines.map(visible).join("\n")}\n`);
  return exitCode.ok;
}

/** The next step: the plan of one record. */
export function follows(project: string, record: RecordAddress): string {
  return `See what follows from it: syncctl plan${inFolder(project)} --only ${addressText(record)}`;
}
