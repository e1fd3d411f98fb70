import { resolve } from "node:path";
import { codeEntry } from "../../engine/codes.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { exportState } from "../../engine/state/export.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { jsonText } from "../render/visible.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import { version } from "../version.ts";
import { copiedText } from "./copied-text.ts";
import { NameTaken, writeCopy } from "./copy-file.ts";
import { statusLine } from "./status-line.ts";
import { refused, type StateFlags, withWholeState } from "./whole-state.ts";
import { workspaceName } from "./workspace-flag.ts";

export async function exportToFile(file: string, flags: StateFlags): Promise<ExitCode> {
  return withWholeState(flags, "state export", async (copy) => {
    const line = statusLine("Copied");
    const interrupt = onInterrupt("Stopping. There will be no file.");
    try {
      const exported = await writeCopy(resolve(file), (writer) =>
        exportState(copy, {
          ...(flags.workspace === undefined ? {} : { workspace: workspaceName(flags.workspace) }),
          syncctl: version(),
          now: systemClock.now(),
          write: (text) => {
            interrupt.signal.throwIfAborted();
            return writer.write(text);
          },
          progress: line.show,
        }),
      );
      line.clear();
      if (!exported.ok) return refused(exported, flags);
      const { workspaces, rows } = exported.header;
      if (flags.json) terminal.out(`${jsonText({ file, workspaces, rows })}\n`);
      else terminal.out(`${copiedText(rows, workspaces)} Written to ${file}.\n`);
      return exitCode.ok;
    } catch (error) {
      line.clear();
      if (interrupt.signal.aborted) return exitCode.error;
      return fileTrouble(file, error, flags);
    } finally {
      interrupt.release();
    }
  });
}

function fileTrouble(file: string, error: unknown, flags: StateFlags): ExitCode {
  if (error instanceof NameTaken) {
    const message = `${file} is there already; a copy is never written over.`;
    const help = "Name another file, for instance with the day in its name.";
    return report({ code: "file-exists", message, help }, flags);
  }
  if (!(error instanceof Error) || !("syscall" in error)) throw error;
  const message = `The copy cannot be written to ${file}: ${error.message}.`;
  return report(
    { code: "file-unwritable", message, help: codeEntry("file-unwritable").remedy },
    flags,
  );
}
