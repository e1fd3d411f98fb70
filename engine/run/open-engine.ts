import { applyPlan } from "../apply/apply.ts";
import type { Project } from "../config/project.ts";
import type { Connector, ConnectorDeps } from "../connector/connector.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { gather } from "../plan/gather.ts";
import type { PlanInput } from "../plan/input.ts";
import { type Accounts, accountsOf } from "./bind.ts";
import type { ConnectionCheck, Engine, EngineDeps, PlanOptions } from "./engine.ts";
import { findRecord } from "./find-record.ts";

/** Puts a project, its connections and its state together. Opens nothing over the network yet. */
export function openEngine(project: Project, deps: EngineDeps): Engine {
  const connectors = openConnectors(project, deps);
  const accounts = accountsOf(project, connectors, deps.connectors);
  const ends = { connectors, accounts };
  const { store, clock, observe, newId } = deps;
  const lease = deps.leaseMs === undefined ? {} : { leaseMs: deps.leaseMs };
  return {
    project,
    store,
    accounts,
    gather: (options) => gatherProject(project, ends, deps, options),
    find: (address, signal) => findRecord(connectors, address, signal),
    plan: async (options) => buildPlan(await gatherProject(project, ends, deps, options)),
    apply(plan, options) {
      const ground = {
        mappings: project.mappings,
        configurationDigest: project.digest,
        phoneCountry: project.phoneCountry,
      };
      return applyPlan(
        plan,
        ground,
        { connectors, accounts, store, clock, newId, observe, ...lease },
        options,
      );
    },
    check: (connection, signal) => checkConnections(project, connectors, connection, signal),
    async close() {
      for (const connector of connectors.values()) await connector.close();
    },
  };
}

function openConnectors(project: Project, deps: EngineDeps): ReadonlyMap<string, Connector> {
  const connectors = new Map<string, Connector>();
  for (const connection of project.connections) {
    const definition = deps.connectors.find((one) => one.name === connection.connector);
    if (!definition)
      throw new Error(`no connector ${connection.connector}: the project was not checked`);
    const outside: ConnectorDeps = {
      connection: connection.name,
      clock: deps.clock,
      random: deps.random,
      observe: (request) => deps.observe({ kind: "request", request }),
    };
    connectors.set(connection.name, definition.connect(connection.configuration, outside));
  }
  return connectors;
}

function gatherProject(
  project: Project,
  ends: { readonly connectors: ReadonlyMap<string, Connector>; readonly accounts: Accounts },
  deps: EngineDeps,
  options: PlanOptions,
): Promise<PlanInput> {
  const { purpose, allow, only, exclude, signal } = options;
  const settings = {
    purpose,
    allow,
    only,
    exclude,
    phoneCountry: project.phoneCountry,
    engineVersion: deps.version,
    configurationDigest: project.digest,
    ...(project.environment === undefined ? {} : { environment: project.environment }),
  };
  const mappings = chosen(project.mappings, options.mappings);
  const { store, clock, observe } = deps;
  const known = project.mappings;
  return gather(mappings, settings, { ...ends, known, store, clock, observe }, signal);
}

function chosen(
  mappings: readonly Mapping[],
  names: readonly string[] | undefined,
): readonly Mapping[] {
  if (!names) return mappings;
  for (const name of names) {
    if (!mappings.some((mapping) => mapping.name === name))
      throw new Error(`there is no mapping ${name}`);
  }
  return mappings.filter((mapping) => names.includes(mapping.name));
}

async function checkConnections(
  project: Project,
  connectors: ReadonlyMap<string, Connector>,
  connection: string | undefined,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const checks = project.connections
    .filter(({ name }) => connection === undefined || name === connection)
    .map(async ({ name, connector }): Promise<ConnectionCheck> => {
      const opened = connectors.get(name);
      if (!opened) throw new Error(`the connection ${name} is not open`);
      return {
        connection: name,
        connector,
        account: opened.account,
        results: await opened.check({ signal }),
      };
    });
  return Promise.all(checks);
}
