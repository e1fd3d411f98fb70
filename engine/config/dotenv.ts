import { stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Diagnostic } from "./diagnostic.ts";
import { configurationBytesMax, readText } from "./read-text.ts";

const dotenvFile = ".env";

export interface Dotenv {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The values of the `.env` file of a folder; none when there is no such file. */
export async function readDotenv(directory: string): Promise<Dotenv> {
  const path = join(directory, dotenvFile);
  if (!(await isThere(path))) return { values: {}, diagnostics: [] };
  const read = await readText(path, dotenvFile, configurationBytesMax);
  return read.ok
    ? { values: parseEnv(read.text), diagnostics: [] }
    : { values: {}, diagnostics: read.diagnostics };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !(error instanceof Error && "code" in error && error.code === "ENOENT"),
  );
}
