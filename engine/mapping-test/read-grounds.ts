import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, itemsOf, type Node, textOf } from "../config/node.ts";
import { unknownField } from "../mapping/field-problem.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { bySource, namedSources } from "./by-source.ts";
import type { SourceGround } from "./mapping-test.ts";
import { readFields } from "./read-fields.ts";

/**
 * `defaults` of the file, and `untold` of the file and of the case, by source. The file may name sources of mappings that
 * only some of its cases plan.
 */
export function readGrounds(
  file: Node,
  testCase: Node,
  { planned, known }: { readonly planned: readonly Mapping[]; readonly known: readonly Mapping[] },
  diagnostics: Diagnostic[],
): ReadonlyMap<string, SourceGround> {
  const all = [
    ...planned,
    ...known.filter(({ name }) => !planned.some((one) => one.name === name)),
  ];
  const defaults = bySource(childOf(file, "defaults"), all, diagnostics).map(
    ({ key, source, value }) => [key, readFields(value, source.schema, diagnostics)] as const,
  );
  const untoldBy = [
    { node: childOf(file, "untold"), mappings: all },
    { node: childOf(testCase, "untold"), mappings: planned },
  ];
  const untold = untoldBy.flatMap(({ node, mappings }) =>
    bySource(node, mappings, diagnostics).flatMap(({ key, source, value }) =>
      itemsOf(value).map((item) => {
        const field = { name: textOf(item) ?? "", at: item.at };
        diagnostics.push(...unknownField(field, source.schema));
        return { key, field: field.name };
      }),
    ),
  );
  const defaultsOf = new Map(defaults);
  return new Map(
    namedSources(planned).map(({ key }) => {
      const own = untold.filter((one) => one.key === key).map(({ field }) => field);
      return [key, { defaults: defaultsOf.get(key) ?? {}, untold: new Set(own) }];
    }),
  );
}
