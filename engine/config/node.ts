import type { Value } from "../value/value.ts";
import type { Place } from "./place.ts";

/*
 * What a YAML file holds, with the place of everything. Aliases are resolved, keys are text, and nothing of the YAML
 * library shows. The tree stays as it was written: whoever reads it decides what a missing key means.
 */

export type Node = ScalarNode | MapNode | ListNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  readonly at: Place;
  /** The characters of a number as they stand in the file, so that `00420` can still become text. */
  readonly written: string;
  /** The place of a character of the text; of the end for an offset behind it. */
  readonly place: (offset: number) => Place;
  /** Names of the environment variables that are named in it: the value may be a secret. */
  readonly variables: readonly string[];
  /** The value could not be made, which has been reported: it is null and says nothing. */
  readonly unresolved?: true;
}

export interface Entry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: "map";
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

interface ListNode {
  readonly kind: "list";
  readonly at: Place;
  readonly items: readonly Node[];
}

/** The node as data, places left behind. */
export function plainValue(node: Node): Value {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "map":
      return Object.fromEntries(
        Array.from(node.entries, ([key, entry]) => [key, plainValue(entry.value)]),
      );
  }
}

/*
 * The readers below answer `undefined` for what is not there and for what has another shape: by the time they are
 * used, the schema has reported the wrong shape, and reading goes on to find what else is wrong.
 */

export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  return node?.kind === "map" ? node.entries.get(key) : undefined;
}

export function childOf(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === "map" ? [...node.entries.values()] : [];
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items : [];
}

export function scalarOf(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === "scalar" ? node : undefined;
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}
