import { redact } from "./redact.ts";

/** A service's own words, per reason and together, characters: enough for a sentence, too little for a page of HTML. */
export const reasonCharsMax = 300;
export const reasonsCharsMax = 1_000;

/** Reasons read from one answer: a form has few fields, and a person reads few lines. */
const reasonsMax = 10;

/** Deeper than any error body we know; a limit for hostile ones. */
const depthMax = 6;

/** Keys that hold words for people, in the order in which they are told. */
const wordKeys = ["message", "error_description", "error", "detail", "reason", "title"];

/** Keys that hold several reasons, or reasons by field. */
const listKeys = ["errors", "details", "reasons", "messages"];

/** Keys that name the field that a reason is about. */
const fieldKeys = ["field", "attribute", "property", "param", "path"];

/**
 * The reasons that a service gives in the body of an error, as short clean texts, whatever their shape: `{message}`,
 * `{error}`, `{error: {message, details}}`, `{errors: text | list | {field: [..]}}`, `{error_description}`, plain text
 * or an HTML page. Nothing that can be read gives an empty list.
 */
export function readReasons(body: unknown, secrets: Iterable<string> = []): readonly string[] {
  const found = [...new Set(collect(body, "", 0))];
  const texts: string[] = [];
  let chars = 0;
  for (const reason of found.slice(0, reasonsMax)) {
    const text = clean(redact(reason, secrets));
    if (text === "") continue;
    chars += text.length;
    if (chars > reasonsCharsMax) break;
    texts.push(text);
  }
  return texts;
}

function collect(node: unknown, field: string, depth: number): string[] {
  if (depth > depthMax) return [];
  if (typeof node === "string") return [named(field, asText(node))];
  if (Array.isArray(node)) return node.flatMap((part) => collect(part, field, depth + 1));
  if (!isObject(node)) return [];
  const about = fieldOf(node) ?? field;
  const words = wordKeys.flatMap((key) => collect(node[key], about, depth + 1));
  const lists = listKeys.flatMap((key) => collectList(node[key], about, depth + 1));
  const all = [...words, ...lists];
  return all.length > 0 ? all : collectBare(node, depth + 1);
}

/** `{field: [reasons]}` as well as a plain list. */
function collectList(node: unknown, field: string, depth: number): string[] {
  if (!isObject(node) || fieldOf(node) !== undefined) return collect(node, field, depth);
  if (wordKeys.some((key) => typeof node[key] === "string")) return collect(node, field, depth);
  return Object.entries(node).flatMap(([key, value]) => collect(value, key, depth + 1));
}

/** `{name: ["is missing"]}` with nothing around it. Plain values are left out: they may be an echo of the record. */
function collectBare(node: Readonly<Record<string, unknown>>, depth: number): string[] {
  return Object.entries(node)
    .filter(([, value]) => Array.isArray(value) && value.every((text) => typeof text === "string"))
    .flatMap(([key, value]) => collect(value, key, depth));
}

function named(field: string, text: string): string {
  return field === "" || field === "base" ? text : `${field}: ${text}`;
}

function fieldOf(node: Readonly<Record<string, unknown>>): string | undefined {
  return fieldKeys.map((key) => node[key]).find((value) => typeof value === "string");
}

/** Of an HTML page, the title says more than the markup. */
function asText(text: string): string {
  if (!/<(?:!doctype|html|head|body)\b/i.test(text)) return text;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
  return title ? title : text.replace(/<[^>]{0,1000}>/g, " ");
}

/** One line without control or direction characters, cut to length. */
function clean(text: string): string {
  const line = text
    .slice(0, reasonCharsMax * 10)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= reasonCharsMax ? line : `${line.slice(0, reasonCharsMax - 1)}…`;
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
