import type { Node } from "../expression/node.ts";
import { parse } from "../expression/parse.ts";
import type { Compiled } from "./draft.ts";

/** The syntax tree of an expression, for checks that look at its form; none of a constant. */
export function syntaxTree({ text }: Compiled): Node | undefined {
  const parsed = text && parse(text.text);
  return parsed?.ok ? parsed.tree : undefined;
}
