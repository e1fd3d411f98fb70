import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../engine/config/diagnostic.ts";
import type { Place } from "../engine/config/place.ts";
import type { Project, ProjectResult } from "../engine/config/project.ts";
import { streamText } from "../engine/value/address.ts";
import { diagnosticsText } from "./render/diagnostics-text.ts";
import type { TextOptions } from "./render/paint.ts";
import { jsonText } from "./render/visible.ts";
import { count } from "./render/words.ts";
import { environment } from "./surroundings.ts";
import { terminal } from "./terminal.ts";

export interface ProjectFileFlags {
  readonly project: string;
  readonly environment?: string | undefined;
}

/** Reads and checks the files of a project; nothing is printed. */
export async function readProjectFiles(flags: ProjectFileFlags): Promise<ProjectResult> {
  const [{ loadProject }, { connectors }] = await Promise.all([
    import("../engine/config/load-project.ts"),
    import("../connectors/registry.ts"),
  ]);
  return loadProject({
    directory: resolve(flags.project),
    ...(flags.environment === undefined ? {} : { environment: flags.environment }),
    env: environment,
    connectors,
  });
}

/** The project, or null when its files are wrong; then everything that is wrong has been printed. */
export async function loadProjectFiles(
  flags: ProjectFileFlags & { readonly json: boolean },
): Promise<Project | null> {
  const result = await readProjectFiles(flags);
  if (!result.ok) {
    if (flags.json) terminal.out(`${jsonText({ diagnostics: result.diagnostics })}\n`);
    else printDiagnostics(result.diagnostics, flags, terminal.err, errText);
    return null;
  }
  const warnings = result.project.warnings.length;
  if (warnings > 0 && !flags.json) {
    terminal.err(`${count(warnings, "warning")} about the files; see \`syncctl validate\`.\n`);
  }
  return result.project;
}

const errText: TextOptions = { paint: terminal.errPaint, brief: terminal.errIsTerminal };

export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  flags: ProjectFileFlags,
  write: (text: string) => void,
  options: TextOptions,
): void {
  if (diagnostics.length > 0) write(diagnosticsText(diagnostics, lineReader(flags), options));
}

/** A line that may hold a secret as it is written: it is not shown, wherever it stands. */
const mayHoldSecret = /secret|token|passw|credential|:\/\/[^/\s]*@/i;

/** Lines of YAML files only: those of a `.env` file are secrets. */
function lineReader(flags: ProjectFileFlags): (place: Place) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    if (!/\.ya?ml$/.test(file)) return undefined;
    const lines = files.get(file) ?? linesOf(join(resolve(flags.project), file));
    files.set(file, lines);
    const text = lines[line - 1];
    return text === undefined || (mayHoldSecret.test(text) && !text.includes("${"))
      ? undefined
      : text;
  };
}

/** Without the file there is no line to show; that it cannot be read is what the diagnostic itself says. */
function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split(/\r\n|\n|\r/);
  } catch {
    return [];
  }
}

/** What a project amounts to: its connections, and every rule with where it goes. */
export function projectSummary(project: Project): string {
  const rules = project.mappings.flatMap((mapping) =>
    mapping.rules.map(
      (rule) =>
        `  ${mapping.name}/${rule.name}  ${streamText(rule.source.ref)} -> ${streamText(rule.target.ref)}${rule.role === "authoritative" ? "" : `  (${rule.role})`}`,
    ),
  );
  const connections = project.connections.map(({ name, connector }) => `${name} (${connector})`);
  return [
    `The files are right: ${count(project.mappings.length, "mapping")}, ${count(rules.length, "rule")}, connections ${connections.join(", ")}.`,
    ...rules,
  ].join("\n");
}
