import { Readable } from "node:stream";
import type { StoredPlan } from "../../engine/state/service-store.ts";
import { jsonPieces } from "../../engine/value/json-pieces.ts";

/** Characters of a piece of a download. Many small pieces cost more than a few large ones. */
const pieceCharacters = 65_536;

/** A text that comes line by line, as a stream of larger pieces. It is read as fast as the client takes it. */
export function streamOf(lines: AsyncIterable<string>): Readable {
  return Readable.from(gathered(lines), { objectMode: false });
}

async function* gathered(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = "";
  for await (const line of lines) {
    piece += line;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** The JSON of a plan, which can be longer than one text can be. */
export function planStream({ plan, ...stored }: StoredPlan): Readable {
  return Readable.from(planPieces(plan, stored), { objectMode: false });
}

function* planPieces(plan: StoredPlan["plan"], stored: object): Generator<string> {
  yield `${JSON.stringify(stored).slice(0, -1)},"plan":`;
  yield* jsonPieces(plan);
  yield "}";
}

/** A name that is safe in a header and on every file system. */
export function fileName(base: string, ending: string): string {
  const safe = base.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 100);
  return `run-${safe}.${ending}`;
}
