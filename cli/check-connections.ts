import type { Project } from "../engine/config/project.ts";
import type { ConnectionCheck } from "../engine/run/engine.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { jsonText, visible } from "./render/visible.ts";
import type { Session } from "./session.ts";
import { terminal } from "./terminal.ts";
import type { Trouble } from "./trouble.ts";

export function connectionTrouble(name: string | undefined, project: Project): Trouble | undefined {
  const names = project.connections.map((connection) => connection.name);
  if (name === undefined || names.includes(name)) return undefined;
  const message = `There is no connection "${name}". There are: ${names.join(", ")}.`;
  return trouble("connection-unknown", message);
}

export async function checkConnections(
  session: Session,
  name: string | undefined,
  flags: { readonly json: boolean },
): Promise<ExitCode> {
  const checks = await session.engine.check(name, session.signal);
  session.clearProgress();
  terminal.out(flags.json ? `${jsonText({ connections: checks })}\n` : checksText(checks));
  const failed = checks.some(({ results }) => results.some(({ status }) => status === "failed"));
  return failed ? exitCode.error : exitCode.ok;
}

const signs = { ok: "ok", failed: "failed", unknown: "unknown" } as const;
const styles = { ok: "green", failed: "red", unknown: "yellow" } as const;

function checksText(checks: readonly ConnectionCheck[]): string {
  const { outPaint } = terminal;
  return checks
    .map(({ connection, connector, account, results }) => {
      const lines = results.map(
        ({ what, status, message }) =>
          `  ${outPaint(styles[status], signs[status].padEnd(7))}  ${visible(what)}: ${visible(message)}\n`,
      );
      const title = `${outPaint("bold", connection)}  ${connector}, ${visible(account)}`;
      return `${title}\n${lines.join("")}`;
    })
    .join("\n");
}
