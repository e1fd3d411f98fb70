import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import { placeText } from "../../engine/config/place.ts";
import type { ProjectResult } from "../../engine/config/project.ts";
import { configConnectors } from "./config-connectors.ts";

/** Files of a case that would be a burden to the repository, or that it cannot hold. */
type Generated =
  | {
      readonly kind: "repeated";
      readonly file: string;
      /** Stands once above the text. */
      readonly before?: string;
      readonly text: string;
      readonly times: number;
    }
  | { readonly kind: "bytes"; readonly file: string; readonly bytes: readonly number[] }
  | { readonly kind: "many"; readonly suffix: string; readonly files: number }
  | { readonly kind: "link"; readonly file: string; readonly to: string };

/** `expected.json` of a folder in `test/broken`. */
export interface BrokenCase {
  readonly name: string;
  readonly about: string;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly generate?: readonly Generated[];
  /** In the order in which they are reported. */
  readonly diagnostics: readonly ExpectedDiagnostic[];
}

/** What a test knows of a diagnostic; its sentences may be worded anew. */
export interface ExpectedDiagnostic {
  readonly code: string;
  /** `file:line:column`; absent when there is no file. */
  readonly at?: string;
  /** Absent for errors. */
  readonly severity?: "warning";
}

const folder = join(import.meta.dirname, "..", "broken");

/** Secrets of the cases: no message may hold them. */
export const brokenSecrets = {
  WFP_SECRET: "a-secret-of-wfp",
  PROCORE_SECRET: "a-secret-of-procore",
};

export function brokenCases(): readonly BrokenCase[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name, "expected.json"), "utf8");
      return { name, ...(JSON.parse(text) as Omit<BrokenCase, "name">) };
    });
}

/** Loads the project of a case from a copy of its folder. */
export async function loadBroken(broken: BrokenCase): Promise<ProjectResult> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-broken-"));
  try {
    await cp(join(folder, broken.name), directory, { recursive: true });
    await rm(join(directory, "expected.json"));
    for (const generated of broken.generate ?? []) await generate(directory, generated);
    const { environment } = broken;
    return await loadProject({
      directory,
      ...(environment !== undefined && { environment }),
      env: { ...brokenSecrets, ...broken.env },
      connectors: configConnectors,
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function generate(directory: string, generated: Generated): Promise<void> {
  switch (generated.kind) {
    case "repeated":
      return writeFile(
        join(directory, generated.file),
        (generated.before ?? "") + generated.text.repeat(generated.times),
      );
    case "bytes":
      return writeFile(join(directory, generated.file), Uint8Array.from(generated.bytes));
    case "link":
      return symlink(join(directory, generated.to), join(directory, generated.file));
    case "many":
      for (let index = 0; index < generated.files; index += 1) {
        await writeFile(join(directory, `${index}${generated.suffix}`), "");
      }
  }
}

export function diagnosticsOf(result: ProjectResult): readonly Diagnostic[] {
  return result.ok ? result.project.warnings : result.diagnostics;
}

/** A diagnostic as `expected.json` has it. */
export function expectedForm({ severity, code, at }: Diagnostic): ExpectedDiagnostic {
  return {
    code,
    ...(at && { at: placeText(at) }),
    ...(severity === "warning" && { severity }),
  };
}
