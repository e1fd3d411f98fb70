import { CST } from "yaml";

/**
 * How deeply maps and lists may stand in each other. Ten levels are in use; the limit keeps hostile files from
 * exhausting the stack of whatever walks the tree.
 */
const nestingMax = 50;

/** Finds the first place that is nested too deeply, without recursion; null when there is none. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > nestingMax) return token.offset;
    const children = childrenOf(token);
    for (const child of children.reverse()) open.push({ token: child, depth: depth + 1 });
  }
  return null;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((child) => child != null));
}
