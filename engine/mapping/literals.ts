import type { Place } from "../config/place.ts";
import { childOf, childrenOf, hasOnly, type Node, textOf } from "../expression/node.ts";
import { startOf } from "../expression/offsets.ts";
import type { Compiled } from "./draft.ts";
import { syntaxTree } from "./syntax-tree.ts";

export interface Literal {
  readonly text: string;
  readonly at: Place;
}

/** The texts that an expression chooses from, if it gives nothing else: `is_user ? 'user' : 'contact'`. */
export function literalsOf(compiled: Compiled): readonly Literal[] | undefined {
  const written = compiled.text;
  const tree = syntaxTree(compiled);
  const nodes = tree && resultsOf(tree);
  if (!written || !nodes?.every((node) => node.type === "string")) return undefined;
  return nodes.map((node) => ({
    text: textOf(node) ?? "",
    at: written.place(startOf(written.text, node)),
  }));
}

/** The nodes one of which is the result. A condition without `else` may give nothing, which fits everywhere. */
function resultsOf(node: Node): readonly Node[] {
  if (node.type === "condition") {
    return ["then", "else"].flatMap((branch) => childOf(node, branch) ?? []).flatMap(resultsOf);
  }
  const last = childrenOf(node, "expressions").at(-1);
  if (node.type === "block" && last && hasOnly(node, ["type", "position", "expressions"])) {
    return resultsOf(last);
  }
  return [node];
}
