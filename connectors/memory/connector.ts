import type {
  Call,
  CheckResult,
  Connector,
  ConnectorDefinition,
  ConnectorDeps,
  Stream,
} from "../../engine/connector/connector.ts";
import { memoryConfiguration, readConfig } from "./config.ts";
import { credentialsRefused, memoryStream } from "./stream.ts";
import type { MemoryWorld } from "./world.ts";

/**
 * The reference connector, whose system is a world in memory. A new connector has its shape; tests of the engine use
 * it, because it is strict and can be told to fail.
 */
export function memoryConnector(world: MemoryWorld): ConnectorDefinition {
  const streams = Object.entries(world.system.options.streams);
  return {
    name: "memory",
    title: "Memory",
    configuration: memoryConfiguration,
    streams: Object.fromEntries(streams.map(([name, { schema }]) => [name, schema])),
    connect: (configuration, deps) => connect(world, readConfig(configuration).token, deps),
  };
}

function connect(world: MemoryWorld, token: string, deps: ConnectorDeps): Connector {
  const { system } = world;
  const streams: Record<string, Stream> = {};
  for (const [name, options] of Object.entries(system.options.streams)) {
    const store = system.stores[name];
    if (store !== undefined)
      streams[name] = memoryStream({ name, options, store, system, token, deps });
  }
  return {
    account: world.account,
    streams,
    check: async (call) => [
      checkCredentials(world, token, deps),
      ...(await Promise.all(Object.entries(streams).map((entry) => checkStream(...entry, call)))),
    ],
    close: () => Promise.resolve(),
  };
}

function checkCredentials(world: MemoryWorld, token: string, deps: ConnectorDeps): CheckResult {
  return world.system.accepts(token)
    ? { what: "credentials", status: "ok", message: `${world.account} accepts the token.` }
    : {
        what: "credentials",
        status: "failed",
        message: credentialsRefused(deps.connection).message,
      };
}

async function checkStream(name: string, stream: Stream, call: Call): Promise<CheckResult> {
  for await (const event of stream.read(call)) {
    if (event.kind === "stopped")
      return { what: name, status: "failed", message: event.problem.message };
    break;
  }
  return { what: name, status: "ok", message: `The first page of ${name} can be read.` };
}
