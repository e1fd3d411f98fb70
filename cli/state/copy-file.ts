import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, type Gzip } from "node:zlib";

/* A copy of the state as a file: lines, packed with gzip, for its owner alone. */

/** The copy holds names, addresses and hashes of tokens. */
const ownerOnly = 0o600;

/** Far above the row of any plan; it keeps a wrong file from filling the memory. */
const lineBytesMax = 256 * 1024 * 1024;

/** Thrown while lines are read, for what is no copy or only a part of one. */
export class UnreadableCopy extends Error {
  override readonly name = "UnreadableCopy";
  /** Not even packed. */
  readonly isForeign: boolean;

  constructor(message: string) {
    super(message);
    this.isForeign = message === "incorrect header check";
  }
}

export interface CopyWriter {
  write(text: string): Promise<void>;
}

/** Thrown when the name is taken: a copy is never written over. */
export class NameTaken extends Error {
  override readonly name = "NameTaken";
}

/**
 * Writes a file that is there whole or not at all: under another name until all of it is on the disk. What the work throws
 * is thrown, and nothing is left behind.
 */
export async function writeCopy<T extends { readonly ok: boolean }>(
  path: string,
  work: (writer: CopyWriter) => Promise<T>,
): Promise<T> {
  if (existsSync(path)) throw new NameTaken(path);
  const unfinished = join(dirname(path), `.${basename(path)}.new`);
  try {
    const result = await writePacked(unfinished, work);
    if (result.ok) await rename(unfinished, path);
    return result;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writePacked<T>(path: string, work: (writer: CopyWriter) => Promise<T>): Promise<T> {
  const gzip = createGzip();
  // One that a process left behind which was killed.
  await rm(path, { force: true });
  const file = createWriteStream(path, { flags: "wx", mode: ownerOnly, flush: true });
  const written = pipeline(gzip, file);
  // Whoever waits for it hears of it; until then it must not be taken for an error that nobody expects.
  written.catch(() => {});
  try {
    const result = await work({ write: (text) => handOver(gzip, text, written) });
    gzip.end();
    await written;
    return result;
  } catch (error) {
    gzip.destroy();
    await written.catch(() => {});
    throw error;
  }
}

/** Waits while the disk is slower, and ends when it is full. */
async function handOver(gzip: Gzip, text: string, written: Promise<void>): Promise<void> {
  if (gzip.destroyed) return written;
  if (gzip.write(text)) return;
  await Promise.race([new Promise<void>((resolve) => gzip.once("drain", resolve)), written]);
}

/** The lines of a copy, without their ends. Throws UnreadableCopy, or what the file system throws. */
export async function* readCopy(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  try {
    yield* linesOf(file.pipe(gunzip));
  } catch (error) {
    throw isZlib(error) ? new UnreadableCopy(messageOf(error)) : error;
  } finally {
    file.destroy();
  }
}

/** Cut at line feeds alone: the text of a record may hold any other character that ends a line. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      begun.push(chunk.subarray(from, at));
      yield (begun.length === 1 ? (begun[0] ?? chunk) : Buffer.concat(begun)).toString("utf8");
      begun = [];
      bytes = 0;
      from = at + 1;
    }
    begun.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes > lineBytesMax) throw new UnreadableCopy("it has a line that is too long");
  }
  if (bytes > 0) throw new UnreadableCopy("its last line has no end");
}

function isZlib(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("Z_");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
