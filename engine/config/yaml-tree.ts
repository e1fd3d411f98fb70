import type { Node as YamlNode } from "yaml";
import { type Alias, CST, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from "yaml";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Entry, Node, ScalarNode } from "./node.ts";
import type { Place } from "./place.ts";
import type { PlacedText } from "./placed-text.ts";
import { scalarText } from "./scalar-text.ts";
import { quote } from "./wording.ts";

/**
 * The most values that a mapping file may hold once its aliases are written out. A mapping has some hundred; the limit keeps
 * aliases of aliases from growing without end.
 */
export const configurationValuesMax = 20_000;

/** What goes on while one file is turned into a tree. */
interface Growth {
  readonly placeOf: (offset: number) => Place;
  readonly valuesMax: number;
  readonly diagnostics: Diagnostic[];
  /** Absent from the map: not there (yet). Null: still being read, so that an alias to it would never end. */
  readonly anchors: Map<string, { readonly node: Node; readonly values: number } | null>;
  values: number;
  /** The tree is of no use: part of it is not there. */
  broken: boolean;
}

export interface Tree {
  readonly root?: Node;
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns what the YAML library read into our own tree. */
export function treeOf(
  contents: YamlNode | null,
  placeOf: (offset: number) => Place,
  valuesMax: number,
): Tree {
  const growth: Growth = {
    placeOf,
    valuesMax,
    diagnostics: [],
    anchors: new Map(),
    values: 0,
    broken: false,
  };
  const root = contents ? grow(growth, contents) : emptyNode(placeOf(0));
  const { diagnostics } = growth;
  return growth.broken ? { diagnostics } : { root, diagnostics };
}

function grow(growth: Growth, node: YamlNode): Node {
  if (isAlias(node)) return growAlias(growth, node);
  const before = growth.values;
  const anchor = "anchor" in node && typeof node.anchor === "string" ? node.anchor : undefined;
  if (anchor !== undefined) growth.anchors.set(anchor, null);
  countValues(growth, 1, node);
  const grown = growAnchored(growth, node);
  if (anchor !== undefined) {
    growth.anchors.set(anchor, { node: grown, values: growth.values - before });
  }
  return grown;
}

function growAnchored(growth: Growth, node: YamlNode): Node {
  const at = growth.placeOf(offsetOf(node));
  if (isScalar(node)) return growScalar(growth, node, at);
  if (isSeq<YamlNode>(node)) {
    return { kind: "list", at, items: node.items.map((item) => grow(growth, item)) };
  }
  const entries = new Map<string, Entry>();
  if (isMap<Scalar, YamlNode>(node)) {
    for (const pair of node.items) {
      const entry = growEntry(growth, pair);
      if (entry) entries.set(entry.key, entry);
    }
  }
  return { kind: "map", at, entries };
}

function growEntry(growth: Growth, pair: Pair<Scalar, YamlNode>): Entry | undefined {
  const key = String(pair.key.value);
  const keyAt = growth.placeOf(offsetOf(pair.key));
  if (key === "__proto__") {
    const message = `The key ${quote(key)} has a meaning of its own in JavaScript.`;
    growth.diagnostics.push(errorAt("key-forbidden", keyAt, message));
    return undefined;
  }
  return { key, keyAt, value: pair.value ? grow(growth, pair.value) : emptyNode(keyAt) };
}

function growAlias(growth: Growth, alias: Alias): Node {
  const at = growth.placeOf(offsetOf(alias));
  const anchor = growth.anchors.get(alias.source);
  if (anchor) {
    countValues(growth, anchor.values, alias);
    return anchor.node;
  }
  growth.broken = true;
  const name = quote(`*${alias.source}`);
  const message =
    anchor === null
      ? `${name} stands within what it refers to.`
      : `There is no "&${alias.source}" before ${name}.`;
  growth.diagnostics.push(errorAt("yaml-alias", at, message));
  return emptyNode(at);
}

/** Counts values, those behind an alias included, and says so once when they become too many. */
function countValues(growth: Growth, values: number, node: YamlNode): void {
  const { valuesMax } = growth;
  const fitted = growth.values <= valuesMax;
  growth.values += values;
  if (!fitted || growth.values <= valuesMax) return;
  growth.broken = true;
  const message = `The file holds more than ${valuesMax} values, those behind aliases included.`;
  growth.diagnostics.push(errorAt("yaml-too-big", growth.placeOf(offsetOf(node)), message));
}

function growScalar(growth: Growth, node: Scalar, at: Place): ScalarNode {
  const { value, source: written = "" } = node;
  const placed = placedLazily(growth, node, at);
  const scalar = { kind: "scalar", at, written, place: placed, variables: [] } as const;
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return { ...scalar, value };
  }
  const number = Number(value);
  if (!isExact(number, written)) {
    const message = `YAML reads the number ${quote(written)} as ${number}.`;
    growth.diagnostics.push(errorAt("number-inexact", at, message));
    return { ...scalar, value: null, unresolved: true };
  }
  return { ...scalar, value: number };
}

/** Whether a number means what is written: no leading zero that is lost, no digits that do not fit. */
function isExact(value: number, written: string): boolean {
  if (!Number.isFinite(value) || /^[-+]?0\d/.test(written)) return false;
  return !Number.isInteger(value) || Number.isSafeInteger(value) || String(value) === written;
}

/** Most texts are fine, and nobody asks for the place of their characters. */
function placedLazily(growth: Growth, { srcToken }: Scalar, at: Place): ScalarNode["place"] {
  const token = CST.isScalar(srcToken) ? srcToken : undefined;
  if (token === undefined || token.type === "alias") return () => at;
  let placed: PlacedText | undefined;
  return (offset) => {
    placed ??= scalarText(token);
    const found = placed.offsets[Math.max(0, offset)] ?? placed.offsets.at(-1);
    return found === undefined ? at : growth.placeOf(found);
  };
}

function emptyNode(at: Place): ScalarNode {
  return { kind: "scalar", value: null, at, written: "", place: () => at, variables: [] };
}

function offsetOf(node: YamlNode): number {
  return node.range?.[0] ?? 0;
}
