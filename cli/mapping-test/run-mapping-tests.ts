import { resolve } from "node:path";
import { connectors } from "../../connectors/registry.ts";
import { codeEntry } from "../../engine/codes.ts";
import type { CaseResult } from "../../engine/mapping-test/mapping-test.ts";
import { runTests, type TestRun } from "../../engine/mapping-test/run-tests.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { mappingTrouble } from "../plan-options.ts";
import { type ProjectFileFlags, printDiagnostics } from "../project-files.ts";
import { testText } from "../render/test-text.ts";
import { jsonText } from "../render/visible.ts";
import { environment } from "../surroundings.ts";
import { outText, terminal } from "../terminal.ts";
import { report, type Trouble } from "../trouble.ts";

export interface TestFlags extends ProjectFileFlags {
  readonly mapping?: readonly string[] | undefined;
  readonly "require-coverage": boolean;
  readonly json: boolean;
}

export async function runMappingTests(
  name: string | undefined,
  flags: TestFlags,
): Promise<ExitCode> {
  const run = await runTests({
    directory: resolve(flags.project),
    ...(flags.environment === undefined ? {} : { environment: flags.environment }),
    ...(flags.mapping === undefined ? {} : { mappings: flags.mapping }),
    ...(name === undefined ? {} : { name }),
    env: environment,
    connectors,
  });
  if (!run.ok) {
    if (flags.json) terminal.out(`${jsonText({ diagnostics: run.diagnostics })}\n`);
    else {
      const options = { paint: terminal.errPaint, brief: terminal.errIsTerminal };
      printDiagnostics(run.diagnostics, flags, terminal.err, options);
    }
    return exitCode.error;
  }
  const trouble =
    mappingTrouble(flags.mapping ?? [], run.project) ?? nothingToRun(run, name, flags);
  if (trouble) return report(trouble, flags);
  const unreached = run.unreached ?? [];
  const failed = run.results.some(({ failures }) => failures.length > 0);
  const ok = !failed && (unreached.length === 0 || !flags["require-coverage"]);
  if (flags.json) terminal.out(`${jsonText({ ok, ...viewOf(run) })}\n`);
  else terminal.out(testText(run.results, run.unreached, outText({ all: true })));
  return ok ? exitCode.ok : exitCode.error;
}

function nothingToRun(
  { results }: Extract<TestRun, { ok: true }>,
  name: string | undefined,
  { mapping = [] }: TestFlags,
): Trouble | undefined {
  if (results.length > 0) return undefined;
  const whose = mapping.length === 0 ? "" : ` for ${mapping.join(", ")}`;
  const [code, message] =
    name === undefined
      ? (["tests-missing", `There are no mapping tests${whose}.`] as const)
      : (["case-unknown", `No case${whose} has "${name}" in its name.`] as const);
  return { code, message, help: codeEntry(code).remedy };
}

/** For programs: every case with its place, and what is wrong with it. */
function viewOf({ results, unreached }: Extract<TestRun, { ok: true }>) {
  const cases = results.map(({ file, mapping, name, at, failures }: CaseResult) => ({
    file,
    line: at.line,
    mapping,
    name,
    status: failures.length === 0 ? "passed" : "failed",
    failures,
  }));
  return { cases, ...(unreached && { unreached }) };
}
