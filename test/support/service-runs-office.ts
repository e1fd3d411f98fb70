import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Project } from "../../engine/config/project.ts";
import type { ConnectorDefinition, Stream } from "../../engine/connector/connector.ts";
import { type OfficeOptions, officeProject, officeWorld, person } from "./office.ts";

/* Offices in memory as workspaces of a service: each has a world of its own, and tells when something is written to it. */

export interface ServiceOffice {
  readonly name: string;
  /** The system. Another one in its place is another account. */
  world: MemoryWorld;
  /** As the workspace knows it; null where its files have never been right. */
  project: Project | null;
  /** Called before each call that writes; the call waits for it. */
  beforeWrite: (count: number) => Promise<void>;
  /** Called before each reading of a stream. */
  beforeRead: () => Promise<void>;
  /** Calls that have begun to write. */
  writes: number;
}

export type ServiceOfficeOptions = OfficeOptions & {
  readonly policy?: "automatic" | "approve";
  readonly replace?: readonly (readonly [text: string, by: string])[];
};

export async function serviceOffice(
  name: string,
  options: ServiceOfficeOptions = {},
): Promise<ServiceOffice> {
  const { batch = false, replace = [] } = options;
  const loaded = await officeProject({ batch, replace });
  return {
    name,
    world: officeWorld(options),
    project: { ...withPolicy(loaded, options.policy ?? "automatic"), ...placedIn(loaded, name) },
    beforeWrite: async () => {},
    beforeRead: async () => {},
    writes: 0,
  };
}

export function withPolicy(project: Project, policy: "automatic" | "approve"): Project {
  return { ...project, mappings: project.mappings.map((mapping) => ({ ...mapping, policy })) };
}

/** Every connection says which world it leads to. */
function placedIn(project: Project, world: string): Pick<Project, "connections"> {
  return {
    connections: project.connections.map((connection) => ({
      ...connection,
      configuration: { ...connection.configuration, world },
    })),
  };
}

const writing = ["create", "update", "createMany", "updateMany", "remove"] as const;

/** The memory connector, over as many worlds as there are offices. */
export function officesConnector(find: (world: string) => ServiceOffice): ConnectorDefinition {
  const shape = memoryConnector(officeWorld());
  return {
    ...shape,
    connect: (configuration, deps) => {
      const office = find(String(configuration["world"]));
      const connector = memoryConnector(office.world).connect(configuration, deps);
      const streams = Object.entries(connector.streams).map(([name, stream]): [string, Stream] => [
        name,
        watched(stream, office),
      ]);
      return { ...connector, streams: Object.fromEntries(streams) };
    },
  };
}

function watched(stream: Stream, office: ServiceOffice): Stream {
  const changed = { ...stream };
  for (const name of writing) {
    const write = stream[name];
    if (!write) continue;
    Object.assign(changed, {
      [name]: async (...parameters: unknown[]) => {
        office.writes += 1;
        await office.beforeWrite(office.writes);
        return Reflect.apply(write, stream, parameters);
      },
    });
  }
  return {
    ...changed,
    read: async function* (call, window) {
      await office.beforeRead();
      yield* stream.read(call, window);
    },
  };
}

/** So many people who become contacts, which are written one by one. */
export function contactsToBe(count: number, from = 1) {
  return Array.from({ length: count }, (_nothing, index) => {
    const number = String(from + index);
    return person(`p${number}`, { name: `Person ${number}`, number, is_user: false });
  });
}

/** Names of the contacts there are, each as often as it is there. */
export function contactNames({ world }: ServiceOffice): readonly string[] {
  return world
    .stream("contacts")
    .records()
    .map(({ fields }) => String(fields["name"]))
    .sort();
}
