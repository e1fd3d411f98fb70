import type { FastifyInstance } from "fastify";
import { realNow } from "./real-time.ts";
import { createServer } from "./server.ts";
import type { Simulator, SimulatorOptions } from "./simulator.ts";

/*
 * createSimulator({ options, routes, load, save, expireTokens, errorBody? }): Promise<Simulator>
 *   loads `options.data` if there is any, adds the routes, and listens
 */

export interface SimulatorParts {
  readonly options: SimulatorOptions;
  /** Adds the routes of the system. Hooks of its own belong into `preHandler`, after the faults. */
  readonly routes: (app: FastifyInstance) => void;
  readonly load: (data: unknown) => void;
  readonly save: () => unknown;
  readonly expireTokens: () => void;
  readonly errorBody?: (status: number, message: string) => unknown;
}

/** The time that a simulator goes by, milliseconds since 1970. The real one, unless a test gives another. */
export function simulatorNow(options: SimulatorOptions): () => number {
  return options.now ?? realNow;
}

export async function createSimulator(parts: SimulatorParts): Promise<Simulator> {
  const { options, load, save, expireTokens, errorBody } = parts;
  if (options.data !== undefined) load(options.data);
  const server = createServer({ now: simulatorNow(options), ...(errorBody && { errorBody }) });
  parts.routes(server.app);
  const url = await server.listen(options.port ?? 0);
  return {
    url,
    faults: server.faults,
    log: server.log,
    clearLog: server.clearLog,
    load,
    save,
    expireTokens,
    close: server.close,
  };
}
