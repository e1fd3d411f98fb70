import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, itemsOf, type Node, textOf } from "../config/node.ts";
import { unknownField } from "../mapping/field-problem.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { bySource } from "./by-source.ts";
import type { SourceGround } from "./mapping-test.ts";
import { readFields } from "./read-fields.ts";

/** `defaults` of the file, and `untold` of the file and of the case, by source. */
export function readGrounds(
  file: Node,
  testCase: Node,
  mapping: Mapping,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, SourceGround> {
  const defaults = bySource(childOf(file, "defaults"), mapping, diagnostics).map(
    ({ source, value }) => [source.name, readFields(value, source.schema, diagnostics)] as const,
  );
  const untold = [childOf(file, "untold"), childOf(testCase, "untold")].flatMap((node) =>
    bySource(node, mapping, diagnostics).flatMap(({ source, value }) =>
      itemsOf(value).map((item) => {
        const field = { name: textOf(item) ?? "", at: item.at };
        diagnostics.push(...unknownField(field, source.schema));
        return { source: source.name, field: field.name };
      }),
    ),
  );
  const defaultsOf = new Map(defaults);
  return new Map(
    mapping.sources.map(({ name }) => {
      const own = untold.filter(({ source }) => source === name).map(({ field }) => field);
      return [name, { defaults: defaultsOf.get(name) ?? {}, untold: new Set(own) }];
    }),
  );
}
