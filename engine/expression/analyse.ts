import { warningAt } from "../config/diagnose.ts";
import type { ExpressionAnalysis, ExpressionText, NamedPlace } from "./analysis.ts";
import { resultKind } from "./kind.ts";
import type { Node } from "./node.ts";
import { startOf } from "./offsets.ts";
import type { Read, Reads } from "./reads.ts";
import { surprisesOf } from "./surprises.ts";

/** What can be told about an expression without a record. */
export function analyse(source: ExpressionText, tree: Node, reads: Reads): ExpressionAnalysis {
  const { text } = source;
  /** The parser doubles the left side of `?:` and `??`, so each place counts once. */
  const once = <R extends Read>(reads: readonly R[]): readonly R[] => {
    return [
      ...new Map(reads.map((read) => [`${startOf(text, read.node)} ${read.name}`, read])).values(),
    ];
  };
  const placed = ({ name, node }: Read): NamedPlace => ({
    name,
    at: source.place(startOf(text, node)),
  });
  return {
    fields: once(reads.fields).map(placed),
    vars: once(reads.vars).map(placed),
    streams: once(reads.streams).map((stream) => {
      return { ...placed(stream), fields: once(stream.fields).map(placed) };
    }),
    linked: once(reads.linked).map(placed),
    result: resultKind(tree),
    warnings: surprisesOf(text, tree, reads).map(({ code, offset, message, help }) => {
      return warningAt(code, source.place(offset), message, help);
    }),
  };
}
