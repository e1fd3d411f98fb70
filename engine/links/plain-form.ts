import type { CST } from "yaml";
import type { Entry, Node, ScalarNode } from "../config/node.ts";
import type { Place } from "../config/place.ts";
import type { PlacedText } from "../config/placed-text.ts";
import { scalarText } from "../config/scalar-text.ts";

/*
 * Links files can be long, and the YAML library takes about a second for 8,000 decisions. The form in which syncctl
 * writes them, one key a line, is therefore read here, some fifty times as fast. Whatever has another form is left to
 * the library as a whole. Tests prove that both give the same tree, places included.
 */

/** The lines that the form has; each is whole, but for a comment behind it. */
const emptyLine = /^ *(?:#.*)?$/;
const rootLine = /^(version|mapping): +(\S.*)$/;
const sectionLine = /^(link|apart|ignore):(?: +#.*)?$/;
const keyLine = /^ {2}(?:- | {2})([a-z]+):(?: +(\S.*))?$/;
const baselineLine = /^ {6}([A-Za-z][A-Za-z0-9_]*): +(\S.*)$/;

/** Texts that need no quotes, whatever follows: they begin with a letter, or are a day. */
const plainText = /^(?:[\p{L}_]|\d{4}-\d{2}-\d{2}$)/u;
const plainNumber = /^(?:0|-?[1-9]\d{0,14})(?:\.\d{1,9})?$/;

/** A text in double quotes whose escapes are those of JSON, and perhaps a comment behind it. */
const quotedText =
  /^("(?:[^"\\\t]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*")(?: +#.*| *)$/;

/** `[one, other]`, each in quotes or of characters that mean nothing in YAML. */
const pairForm =
  /^\[( *)("[^"\\\t]*"|[A-Za-z][\w./@+=-]*)( *, *)("[^"\\\t]*"|[A-Za-z][\w./@+=-]*) *\](?: +(?:#.*)?)?$/;

/** Words that YAML takes for something else than a text, in any spelling; those of `constants` are read here. */
const reserved = /^(?:true|false|null)$/i;
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

interface Growing {
  readonly file: string;
  readonly root: Map<string, Entry>;
  rootAt?: Place;
  /** The section, the decision and the baseline that the next line may go on with. */
  items?: Node[];
  item?: Map<string, Entry>;
  baseline?: { readonly at: Place; readonly entries: Map<string, Entry> };
}

/** The tree of a links file in the plain form, as the YAML library would give it; null for any other form. */
export function readPlainForm(text: string, file: string): Node | null {
  const growing: Growing = { file, root: new Map() };
  let line = 0;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    line += 1;
    const written = text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end);
    if (!emptyLine.test(written) && !takeLine(growing, written, line)) return null;
    start = end + 1;
  }
  return growing.rootAt && isWhole(growing)
    ? { kind: "map", at: growing.rootAt, entries: growing.root }
    : null;
}

/** False when the line is of another form. */
function takeLine(growing: Growing, written: string, line: number): boolean {
  if (written.startsWith("    ") && written[4] === " ") {
    return takeBaseline(growing, written, line);
  }
  if (written.startsWith("  ")) return takeKey(growing, written, line);
  const at = { file: growing.file, line, column: 1 };
  growing.rootAt ??= at;
  if (!isWhole(growing)) return false;
  delete growing.items;
  delete growing.item;
  delete growing.baseline;
  const root = rootLine.exec(written);
  if (root) {
    const [, key = "", rest = ""] = root;
    const value = scalarAt(rest, { ...at, column: written.length - rest.length + 1 });
    return value !== null && put(growing.root, { key, keyAt: at, value });
  }
  const key = sectionLine.exec(written)?.[1];
  if (key === undefined || growing.root.has(key)) return false;
  // The place of a list is that of its first dash, which is still to come.
  const items: Node[] = [];
  growing.items = items;
  growing.root.set(key, { key, keyAt: at, value: { kind: "list", at, items } });
  return true;
}

/** No section and no baseline is still waiting for its first line. */
function isWhole({ items, baseline }: Growing): boolean {
  return items?.length !== 0 && baseline?.entries.size !== 0;
}

function takeKey(growing: Growing, written: string, line: number): boolean {
  const { file, items, root } = growing;
  const match = keyLine.exec(written);
  if (!match || !items || growing.baseline?.entries.size === 0) return false;
  const [, key = "", rest = ""] = match;
  if (reserved.test(key)) return false;
  const keyAt = { file, line, column: 5 };
  if (written[2] === "-") {
    if (items.length === 0) placeList(root, items, { file, line, column: 3 });
    growing.item = new Map();
    items.push({ kind: "map", at: keyAt, entries: growing.item });
  }
  delete growing.baseline;
  if (!growing.item) return false;
  const at = { file, line, column: written.length - rest.length + 1 };
  if (key === "pair") {
    const value = pairAt(rest, at);
    return value !== null && put(growing.item, { key, keyAt, value });
  }
  if (key !== "baseline") {
    const value = scalarAt(rest, at);
    return value !== null && put(growing.item, { key, keyAt, value });
  }
  if (rest !== "") return false;
  const entries = new Map<string, Entry>();
  const place = { file, line: line + 1, column: 7 };
  growing.baseline = { at: place, entries };
  return put(growing.item, { key, keyAt, value: { kind: "map", at: place, entries } });
}

function placeList(root: Map<string, Entry>, items: readonly Node[], at: Place): void {
  for (const entry of root.values()) {
    const { value } = entry;
    if (value.kind === "list" && value.items === items) {
      root.set(entry.key, { ...entry, value: { ...value, at } });
    }
  }
}

function takeBaseline({ file, baseline }: Growing, written: string, line: number): boolean {
  const match = baselineLine.exec(written);
  if (!match || !baseline) return false;
  // A comment between the key and its first field moves the place; the library tells where to.
  if (baseline.entries.size === 0 && baseline.at.line !== line) return false;
  const [, key = "", rest = ""] = match;
  if (reserved.test(key)) return false;
  const at = { file, line, column: written.length - rest.length + 1 };
  const value = scalarAt(rest, at);
  return value !== null && put(baseline.entries, { key, keyAt: { file, line, column: 7 }, value });
}

/** False for a key that stands there already. */
function put(entries: Map<string, Entry>, entry: Entry): boolean {
  if (entries.has(entry.key)) return false;
  entries.set(entry.key, entry);
  return true;
}

function pairAt(written: string, at: Place): Node | null {
  const match = pairForm.exec(written);
  if (!match) return null;
  const [, lead = "", one = "", comma = "", other = ""] = match;
  const first = at.column + 1 + lead.length;
  const items = [
    textAt(one, { ...at, column: first }),
    textAt(other, { ...at, column: first + one.length + comma.length }),
  ];
  return items.some((item) => reserved.test(String(item.value)))
    ? null
    : { kind: "list", at, items };
}

/** A text, a number, true, false or null, without the comment behind it. */
function scalarAt(line: string, at: Place): ScalarNode | null {
  const quoted = quotedText.exec(line)?.[1];
  if (quoted !== undefined) return textAt(quoted, at);
  const comment = line.indexOf(" #");
  const written = (comment === -1 ? line : line.slice(0, comment)).replace(/ +$/, "");
  if (plainNumber.test(written)) return scalar(Number(written), written, at, at.column);
  if (constants.has(written)) return scalar(constants.get(written) ?? null, written, at, at.column);
  const isText = plainText.test(written) && !/\t|: |:$/.test(written) && !reserved.test(written);
  return isText ? textAt(written, at) : null;
}

/** A text as it is written, with its quotes if it has any. */
function textAt(written: string, at: Place): ScalarNode {
  if (!written.startsWith('"')) return scalar(written, written, at, at.column);
  const value: unknown = JSON.parse(written);
  if (typeof value !== "string") throw new Error("a text in quotes is a text");
  if (!written.includes("\\")) return scalar(value, value, at, at.column + 1);
  const token = { type: "double-quoted-scalar", offset: at.column, indent: 0, source: written };
  let placed: PlacedText | undefined;
  const place: ScalarNode["place"] = (offset) => {
    placed ??= scalarText(token as CST.FlowScalar);
    const column = placed.offsets[Math.max(0, offset)] ?? placed.offsets.at(-1) ?? at.column;
    return { ...at, column };
  };
  return { kind: "scalar", value, at, written: value, place, variables: [] };
}

function scalar(
  value: ScalarNode["value"],
  written: string,
  at: Place,
  column: number,
): ScalarNode {
  const place: ScalarNode["place"] = (offset) => ({
    ...at,
    column: column + Math.min(Math.max(0, offset), written.length),
  });
  return { kind: "scalar", value, at, written, place, variables: [] };
}
