import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { jsonPieces } from "../engine/value/json-pieces.ts";
import { plainJson } from "./render/visible.ts";

/*
 * JSON in lines: each member of the map, and each member of its lists, has a line of its own. So a plan can be saved and
 * read whose whole text would be longer than a text can be, and a small part of it is in memory at a time.
 */

export async function writeLines(file: string, map: object): Promise<void> {
  await pipeline(Readable.from(lines(map)), createWriteStream(file));
}

function* lines(map: object): Generator<string> {
  for (const piece of jsonPieces(map, "\n")) yield plainJson(piece);
  yield "\n";
}

/** Undefined when the file is not in lines. It may be JSON all the same. */
export async function readLines(file: string): Promise<object | undefined> {
  try {
    return await parseLines(createInterface({ input: createReadStream(file) }));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function parseLines(texts: AsyncIterable<string>): Promise<object | undefined> {
  const map: Record<string, unknown> = {};
  let list: unknown[] | undefined;
  let last: string | undefined;
  for await (const text of texts) {
    const line = text.endsWith(",") ? text.slice(0, -1) : text;
    if (last === undefined && line !== "{") return undefined;
    if (line === "]") list = undefined;
    else if (list) list.push(JSON.parse(line));
    else if (line.endsWith(":[")) {
      list = [];
      map[JSON.parse(line.slice(0, -":[".length))] = list;
    } else if (line !== "{" && line !== "}") Object.assign(map, JSON.parse(`{${line}}`));
    last = line;
  }
  return last === "}" ? map : undefined;
}
