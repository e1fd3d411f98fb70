/*
 * The JSON text of a map of lists, such as a plan, in pieces. The whole text of a large one takes hundreds of megabytes,
 * and no text can have more than half a gigabyte.
 */

/** Characters of a piece, from where on it is handed out. Many small pieces cost more than a few large ones. */
const pieceCharacters = 65_536;

/**
 * The pieces together are what `JSON.stringify` gives, with `gap` before each member of the map and of its lists, and
 * before the brackets that close them.
 */
export function* jsonPieces(map: object, gap = ""): Generator<string> {
  let piece = "{";
  let isFirst = true;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    piece += `${isFirst ? "" : ","}${gap}${JSON.stringify(key)}:`;
    isFirst = false;
    if (!isList(value)) {
      piece += JSON.stringify(value);
      continue;
    }
    piece += "[";
    for (const [place, member] of value.entries()) {
      piece += `${place === 0 ? "" : ","}${gap}${JSON.stringify(member) ?? "null"}`;
      if (piece.length < pieceCharacters) continue;
      yield piece;
      piece = "";
    }
    piece += value.length === 0 ? "]" : `${gap}]`;
  }
  yield `${piece}${isFirst ? "" : gap}}`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
