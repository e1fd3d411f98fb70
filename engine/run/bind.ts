import type { Project } from "../config/project.ts";
import type { Connector, ConnectorDefinition } from "../connector/connector.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { Binding, BoundAccount } from "../state/binding.ts";
import { streamText } from "../value/address.ts";

/** The account behind each connection, by its name. */
export type Accounts = ReadonlyMap<string, BoundAccount>;

export function accountsOf(
  project: Project,
  connectors: ReadonlyMap<string, Connector>,
  definitions: readonly ConnectorDefinition[],
): Accounts {
  return new Map(
    project.connections.map(({ name, connector }) => {
      const title = definitions.find((one) => one.name === connector)?.title ?? connector;
      const account = connectors.get(name)?.account ?? name;
      return [name, { connection: name, system: connector, title, account }];
    }),
  );
}

/** What a mapping is bound to when it is run now. Streams that are only looked things up in do not count. */
export function bindingOf(mapping: Mapping, accounts: Accounts, at: Date): Binding {
  const names = mapping.sources
    .filter(({ use }) => use === "records")
    .map(({ ref }) => ref.connection);
  return {
    mapping: mapping.name,
    accounts: [...new Set(names)].sort().flatMap((name) => accounts.get(name) ?? []),
    systemOfRecord: systemOfRecordText(mapping),
    at,
  };
}

function systemOfRecordText(mapping: Mapping): string {
  const source = mapping.sources.find(({ name }) => name === mapping.systemOfRecord);
  return source ? streamText(source.ref) : mapping.systemOfRecord;
}
