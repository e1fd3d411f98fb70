import { resolve } from "node:path";
import { type Code, codeEntry } from "../../engine/codes.ts";
import { importState } from "../../engine/state/import.ts";
import { workspacePattern } from "../../engine/state/state.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { jsonText } from "../render/visible.ts";
import { inFolder, terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import { copiedText } from "./copied-text.ts";
import { readCopy, UnreadableCopy } from "./copy-file.ts";
import { statusLine } from "./status-line.ts";
import { refused, type StateFlags, withWholeState } from "./whole-state.ts";
import { workspaceName } from "./workspace-flag.ts";

export async function importFromFile(
  file: string,
  flags: StateFlags & { readonly as?: string | undefined },
): Promise<ExitCode> {
  const { workspace, as } = flags;
  if (as !== undefined && as !== "-" && !workspacePattern.test(as)) {
    const message = `"${as}" is not the name of a workspace.`;
    return refuse("workspace-malformed", message, flags);
  }
  return withWholeState(flags, "state import", async (copy) => {
    const line = statusLine("Stored");
    const interrupt = onInterrupt("Stopping. Nothing will be stored.");
    try {
      const imported = await importState(copy, {
        lines: () => stoppable(readCopy(resolve(file)), interrupt.signal),
        ...(workspace === undefined ? {} : { workspace: workspaceName(workspace) }),
        ...(as === undefined ? {} : { as: workspaceName(as) }),
        progress: line.show,
      });
      line.clear();
      if (!imported.ok) return refused(imported, flags);
      if (flags.json) {
        terminal.out(
          `${jsonText({ file, workspaces: imported.workspaces, rows: imported.rows })}\n`,
        );
      } else {
        const said = copiedText(imported.rows, imported.workspaces);
        terminal.out(
          `${said} Brought in from ${file}.\n${advice(imported.header.exportedAt, flags)}\n`,
        );
      }
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

/** What happened after the copy was taken is not known any more, a create above all. */
function advice(exportedAt: string, { project }: StateFlags): string {
  const folder = inFolder(project);
  return `It is as of ${exportedAt}. If anything was written after that: syncctl link${folder}, and look at the plan.`;
}

async function* stoppable(lines: AsyncIterable<string>, signal: AbortSignal) {
  for await (const line of lines) {
    signal.throwIfAborted();
    yield line;
  }
}

function fileTrouble(file: string, error: unknown, flags: StateFlags): ExitCode {
  if (error instanceof UnreadableCopy) {
    return error.isForeign
      ? refuse(
          "state-file-foreign",
          `${file} is none that \`syncctl state export\` has written.`,
          flags,
        )
      : refuse(
          "state-file-damaged",
          `${file} is damaged: ${error.message}. Nothing was changed.`,
          flags,
        );
  }
  if (!(error instanceof Error) || !("syscall" in error)) throw error;
  return refuse("state-file-unreadable", `${file} cannot be read: ${error.message}.`, flags);
}

function refuse(code: Code, message: string, flags: StateFlags): ExitCode {
  return report({ code, message, help: codeEntry(code).remedy }, flags);
}
