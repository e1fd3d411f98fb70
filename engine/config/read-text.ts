import { readFile, stat } from "node:fs/promises";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Place } from "./place.ts";
import { quote } from "./wording.ts";

/** A configuration is written by people; 256 KiB is some five thousand lines of it, and read within two seconds. */
export const configurationBytesMax = 256 * 1024;

/**
 * Characters that YAML does not allow in a file (controls), and those that make a line read differently from what it
 * says: a reviewer must see what the engine sees.
 */
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]|\r(?!\n)/gu;

export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a text file whole, if it has at most `bytesMax` bytes. A byte order mark is dropped. `file` is the name for messages. */
export async function readText(path: string, file: string, bytesMax: number): Promise<TextResult> {
  const at: Place = { file, line: 1, column: 1 };
  const bytes = await readBytes(path, at, bytesMax);
  if (!(bytes instanceof Uint8Array)) return { ok: false, diagnostics: [bytes] };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // The decoder says only that it failed, so there is nothing of its error to keep.
    const message = `${quote(file)} is not text in UTF-8.`;
    return { ok: false, diagnostics: [errorAt("file-not-text", at, message)] };
  }
  const diagnostics = forbiddenCharacters(text, file);
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, text };
}

async function readBytes(
  path: string,
  at: Place,
  bytesMax: number,
): Promise<Uint8Array | Diagnostic> {
  try {
    const { size } = await stat(path);
    if (size <= bytesMax) return await readFile(path);
    const message = `${quote(at.file)} has ${size} bytes; the limit is ${bytesMax}.`;
    return errorAt("file-too-large", at, message);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return errorAt("file-unreadable", at, `${quote(at.file)} cannot be read (${reason}).`);
  }
}

function forbiddenCharacters(text: string, file: string): readonly Diagnostic[] {
  return Array.from(text.matchAll(forbidden), (match) => {
    const before = text.slice(0, match.index);
    const line = before.split("\n").length;
    const at = { file, line, column: match.index - before.lastIndexOf("\n") };
    return errorAt("character-forbidden", at, `The character ${quote(match[0])} is not allowed.`);
  });
}
