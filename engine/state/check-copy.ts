import { createHash } from "node:crypto";
import { type CopyEnd, type CopyHeader, copyFormat, copyVersion } from "./export.ts";
import { type Refusal, refuse } from "./open-result.ts";

/* Whether lines are a copy of the state that this version can bring in, as a whole. Asked before anything is stored. */

export type CopyCheck = { readonly ok: true; readonly header: CopyHeader } | Refusal;

/** Reads all lines once. `levels` are the migrations that this version knows. */
export async function checkCopy(
  lines: AsyncIterable<string>,
  levels: readonly string[],
): Promise<CopyCheck> {
  const hash = createHash("sha256");
  let header: CopyHeader | undefined;
  let end: CopyEnd | undefined;
  let rows = 0;
  for await (const line of lines) {
    if (header === undefined) {
      const first = readHeader(line, levels);
      if (!first.ok) return first;
      header = first.header;
    } else if (end !== undefined) {
      return damaged("something stands behind its end");
    } else if (line.startsWith("[")) {
      rows += 1;
    } else {
      end = readEnd(line);
    }
    if (end === undefined) hash.update(line, "utf8").update("\n");
  }
  if (header === undefined) return refuse("state-file-foreign", "The file is empty.");
  if (end === undefined) return damaged("its end is missing, so it was cut off");
  if (end.rows !== rows || end.sha256 !== hash.digest("hex")) {
    return damaged("its content is not what was written");
  }
  return { ok: true, header };
}

function damaged(why: string): Refusal {
  return refuse("state-file-damaged", `The file is damaged: ${why}. Nothing was changed.`);
}

function readHeader(line: string, levels: readonly string[]): CopyCheck {
  const header = parsed(line);
  if (header?.["format"] !== copyFormat) {
    return refuse(
      "state-file-foreign",
      "The file is none that `syncctl state export` has written.",
    );
  }
  const { version, level, syncctl } = header;
  if (version !== copyVersion || typeof level !== "string" || !levels.includes(level)) {
    const known = levels.at(-1) ?? "";
    const message = `The file was written by syncctl ${String(syncctl)} (form ${String(version)}, tables as of ${String(level)}), and this version knows form ${copyVersion} and tables up to ${known}. Nothing was changed.`;
    return refuse("state-file-newer", message);
  }
  return { ok: true, header: header as unknown as CopyHeader };
}

/** Undefined for the line that begins a table. */
function readEnd(line: string): CopyEnd | undefined {
  const value = parsed(line);
  return value?.["end"] === true ? (value as unknown as CopyEnd) : undefined;
}

/** Undefined for what is no JSON, or no map. */
export function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
