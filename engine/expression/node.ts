/*
 * The syntax tree of JSONata 2.2.2. The library does not describe it, so nothing is taken for granted: members are read
 * through the functions below, which answer "not there" for every other shape. The version is pinned, and
 * `expression-tree.test.ts` has each shape that we rely on.
 */

export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
  );
}

export function childOf(node: Node, key: string): Node | undefined {
  const child = node[key];
  return isNode(child) ? child : undefined;
}

export function childrenOf(node: Node, key: string): readonly Node[] {
  const children = node[key];
  return Array.isArray(children) ? children.filter(isNode) : [];
}

/** Keys and values of `{ … }`. */
export function pairsOf(value: unknown): readonly (readonly [Node, Node])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown) => {
    if (!Array.isArray(pair)) return [];
    const [key, content]: readonly unknown[] = pair;
    return isNode(key) && isNode(content) ? [[key, content] as const] : [];
  });
}

/** `{ … }` behind a step or a path: keys and values for each group. */
export function groupOf(node: Node): readonly (readonly [Node, Node])[] {
  const group = node["group"];
  return typeof group === "object" && group !== null && "lhs" in group ? pairsOf(group.lhs) : [];
}

/** Predicates of a node, `[…]`: they stand in one of two members, depending on what they follow. */
export function predicatesOf(node: Node): readonly Node[] {
  return [...childrenOf(node, "predicate"), ...childrenOf(node, "stages")].flatMap((stage) => {
    const expr = childOf(stage, "expr");
    return expr ? [expr] : [];
  });
}

export function textOf(node: Node): string | undefined {
  return typeof node["value"] === "string" ? node["value"] : undefined;
}

export function positionOf(node: Node): number | undefined {
  return typeof node["position"] === "number" ? node["position"] : undefined;
}

/** The name behind `$` of the function that is called; undefined when something else is called. */
export function calledName(node: Node): string | undefined {
  if (node.type !== "function" && node.type !== "partial") return undefined;
  const procedure = childOf(node, "procedure");
  return procedure?.type === "variable" ? textOf(procedure) : undefined;
}

/** The name of a path that is nothing but one field of its context. */
export function fieldName(node: Node): string | undefined {
  if (node.type !== "path" || !hasOnly(node, ["type", "steps"])) return undefined;
  const steps = childrenOf(node, "steps");
  const [step] = steps;
  if (!step || steps.length !== 1 || step.type !== "name") return undefined;
  return hasOnly(step, ["type", "value", "position"]) ? textOf(step) : undefined;
}

/** Whether a node has no members besides these: no predicate, no grouping, no flag that changes what it means. */
export function hasOnly(node: Node, members: readonly string[]): boolean {
  return Object.keys(node).every((key) => members.includes(key));
}

export interface Visit {
  readonly node: Node;
  /** The root is at 1. */
  readonly depth: number;
}

/** Every node of a tree, each before what is in it. Without recursion, because a tree can be deeper than the stack. */
export function* visit(root: Node): Generator<Visit> {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [
    { value: root, depth: 1 },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null || value instanceof RegExp) continue;
    const inside = isNode(value) ? depth + 1 : depth;
    if (isNode(value)) yield { node: value, depth };
    for (const member of Object.values(value).reverse())
      waiting.push({ value: member, depth: inside });
  }
}
