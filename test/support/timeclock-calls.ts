import type { ConnectorDefinition, DayWindow, Stream } from "../../engine/connector/connector.ts";
import type { Fields } from "../../engine/value/value.ts";

/* What the engine asks of a connector, call by call. */

export type SiteCall =
  | { readonly kind: "read"; readonly stream: string; readonly window?: DayWindow }
  | { readonly kind: "get"; readonly stream: string; readonly id: string }
  | { readonly kind: "create"; readonly stream: string; readonly items: readonly Fields[] };

/** The same connector, with its calls noted down. */
export function noted(definition: ConnectorDefinition, calls: SiteCall[]): ConnectorDefinition {
  return {
    ...definition,
    connect(configuration, deps) {
      const connector = definition.connect(configuration, deps);
      const streams = Object.entries(connector.streams).map(
        ([name, stream]) => [name, notedStream(name, stream, calls)] as const,
      );
      return { ...connector, streams: Object.fromEntries(streams) };
    },
  };
}

function notedStream(name: string, stream: Stream, calls: SiteCall[]): Stream {
  const { get, create, createMany } = stream;
  return {
    ...stream,
    read(call, window) {
      calls.push({ kind: "read", stream: name, ...(window ? { window } : {}) });
      return stream.read(call, window);
    },
    ...(get && {
      get(id, call) {
        calls.push({ kind: "get", stream: name, id });
        return get(id, call);
      },
    }),
    ...(create && {
      create(item, call) {
        calls.push({ kind: "create", stream: name, items: [item.fields] });
        return create(item, call);
      },
    }),
    ...(createMany && {
      createMany(items, call) {
        calls.push({ kind: "create", stream: name, items: items.map(({ fields }) => fields) });
        return createMany(items, call);
      },
    }),
  };
}
