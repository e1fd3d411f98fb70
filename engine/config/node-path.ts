import { entryOf, type Node } from "./node.ts";
import type { Place } from "./place.ts";

/** The steps of a JSON pointer, such as `/rules/users`. */
export function pathOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function nodeAt(root: Node, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (node, step) => (node?.kind === "list" ? node.items[Number(step)] : entryOf(node, step)?.value),
    root,
  );
}

/** The place of the key that leads to a node; of the item, in a list; of the beginning, for the whole file. */
export function keyPlace(root: Node, path: readonly string[]): Place {
  const step = path.at(-1);
  if (step === undefined) return root.at;
  const entry = entryOf(nodeAt(root, path.slice(0, -1)), step);
  return entry?.keyAt ?? nodeAt(root, path)?.at ?? root.at;
}
