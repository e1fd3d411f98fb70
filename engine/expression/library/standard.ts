import jsonata from "jsonata";
import type { Focus } from "./function.ts";

/** The functions that JSONata 2.2.2 has by itself. */
const standardNames: readonly string[] = [
  ...[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
  ],
  ...["contains", "count", "decodeUrl", "decodeUrlComponent", "distinct", "each", "encodeUrl"],
  ...[
    "encodeUrlComponent",
    "error",
    "eval",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
  ],
  ...[
    "formatNumber",
    "fromMillis",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
  ],
  ...[
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parseInteger",
    "power",
    "random",
    "reduce",
  ],
  ...[
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
  ],
  ...[
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
  ],
  ...["uppercase", "zip"],
];

export interface StandardFunction {
  readonly name: string;
  /** In JSONata's notation. */
  readonly signature: string;
  readonly implementation: (this: Focus, ...values: unknown[]) => unknown;
}

/** Waiting once, when the program starts, is what the interpreter's interface asks for. */
export const standardFunctions: ReadonlyMap<string, StandardFunction> = new Map(
  await Promise.all(
    standardNames.map(async (name) => {
      const definition: unknown = await jsonata(`$${name}`).evaluate(undefined);
      return [name, standardFunction(name, definition)] as const;
    }),
  ),
);

function standardFunction(name: string, definition: unknown): StandardFunction {
  const { implementation, signature } = definition as {
    readonly implementation: StandardFunction["implementation"];
    readonly signature: { readonly definition: string };
  };
  return { name, implementation, signature: signature.definition };
}

export function standard(name: string): StandardFunction {
  const found = standardFunctions.get(name);
  if (!found) throw new Error(`JSONata has no function $${name}`);
  return found;
}
