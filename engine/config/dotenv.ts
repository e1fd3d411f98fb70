import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Diagnostic } from "./diagnostic.ts";
import { isThere } from "./is-there.ts";
import type { LoadWatch } from "./load-watch.ts";
import { configurationBytesMax, readText } from "./read-text.ts";

export const dotenvFile = ".env";

export interface Dotenv {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The values of the `.env` file of a folder; none when there is no such file. */
export function readDotenv(directory: string, watch?: LoadWatch): Promise<Dotenv> {
  return readVariables(join(directory, dotenvFile), dotenvFile, watch);
}

/** The same for a file with another name; `file` is its name for messages. */
export async function readVariables(
  path: string,
  file: string,
  watch?: LoadWatch,
): Promise<Dotenv> {
  await watch?.file(path);
  if (!(await isThere(path))) return { values: {}, diagnostics: [] };
  const read = await readText(path, file, configurationBytesMax);
  return read.ok
    ? { values: parseEnv(read.text), diagnostics: [] }
    : { values: {}, diagnostics: read.diagnostics };
}
