import { createHttpClient, type HttpClientOptions } from "../../connectors/http/client.ts";
import type { HttpClient, HttpRequest } from "../../connectors/http/http.ts";
import { createServer, type SimulatorServer } from "../../connectors/http/simulator/server.ts";
import { type FakeDeps, fakeDeps } from "./http-clock.ts";

/** A small service on loopback with one stream of notes, a client for it, and what both saw. */
export interface Service {
  readonly server: SimulatorServer;
  readonly url: string;
  readonly deps: FakeDeps;
  readonly client: HttpClient;
  /** What was created, in order. */
  readonly notes: readonly unknown[];
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly client?: Partial<Omit<HttpClientOptions, "deps" | "baseUrl">>;
  /** Adds routes and hooks. */
  readonly extend?: (server: SimulatorServer) => void;
  readonly deps?: FakeDeps;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const deps = options.deps ?? fakeDeps();
  const server = createServer({ now: deps.clock.millis });
  const notes: unknown[] = [];
  server.app.get("/notes", () => ({ notes }));
  server.app.post("/notes", (request, reply) => {
    notes.push(request.body);
    return reply.code(201).send({ id: notes.length });
  });
  options.extend?.(server);
  const url = await server.listen(0);
  const client = createHttpClient({ baseUrl: url, deps, ...options.client });
  return {
    server,
    url,
    deps,
    client,
    notes,
    async close() {
      await client.close();
      await server.close();
    },
  };
}

const unstopped = new AbortController().signal;

export function reading(request: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "GET",
    path: "/notes",
    template: "/notes",
    repeat: "harmless",
    signal: unstopped,
    ...request,
  };
}

export function creating(request: Partial<HttpRequest> = {}): HttpRequest {
  return reading({ method: "POST", body: { text: "hello" }, repeat: "once", ...request });
}
