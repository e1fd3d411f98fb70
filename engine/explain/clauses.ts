import { childOf, type Node, positionOf } from "../expression/node.ts";
import { parse } from "../expression/parse.ts";

/** A part of a condition, and where it begins in it. */
export interface ClauseText {
  readonly text: string;
  readonly offset: number;
}

/**
 * Takes a condition apart at its outermost `and`s. One that is something else, or in brackets as a whole, is one part.
 * Text between the parts goes to the part behind it, without the white space around.
 */
export function clausesOf(source: string): readonly ClauseText[] {
  const parsed = parse(source);
  if (!parsed.ok) return [{ text: source, offset: 0 }];
  const ends = andsOf(parsed.tree);
  const starts = [0, ...ends];
  return starts.map((start, index) => {
    const next = ends[index];
    const end = next === undefined ? source.length : next - "and".length;
    const text = source.slice(start, end);
    return { text: text.trim(), offset: start + (text.length - text.trimStart().length) };
  });
}

/** The ends of the outermost `and`s, in the order of the text. JSONata gives the position behind an operator. */
function andsOf(node: Node): readonly number[] {
  if (node.type !== "binary" || node["value"] !== "and") return [];
  const [lhs, rhs] = [childOf(node, "lhs"), childOf(node, "rhs")];
  const end = positionOf(node);
  if (!lhs || !rhs || end === undefined) return [];
  return [...andsOf(lhs), end, ...andsOf(rhs)];
}
