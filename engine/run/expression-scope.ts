import type { ExpressionScope } from "../expression/expression.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { Reading } from "../plan/input.ts";
import { streamText } from "../value/address.ts";
import type { Fields } from "../value/value.ts";

/** What the expressions of a mapping see besides their record. A stream is listed once, however often it is looked into. */
export function expressionScope(
  { vars, sources }: Mapping,
  ground: {
    readonly readings: ReadonlyMap<string, Reading>;
    readonly now: Date;
    readonly phoneCountry: string;
  },
): ExpressionScope {
  const lists = new Map<string, readonly Fields[]>();
  return {
    vars,
    records: (name) => {
      const known = lists.get(name);
      if (known) return known;
      const source = sources.find((one) => one.name === name);
      const reading = source ? ground.readings.get(streamText(source.ref)) : undefined;
      const list = [...(reading?.records.values() ?? [])].map((record) => ({
        ...record.fields,
        id: record.id,
      }));
      lists.set(name, list);
      return list;
    },
    now: ground.now,
    phoneCountry: ground.phoneCountry,
  };
}
