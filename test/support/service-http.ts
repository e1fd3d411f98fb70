import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../engine/run/clock.ts";
import { type Http, type HttpOptions, openHttp } from "../../server/http/open-http.ts";
import {
  type FakeOptions,
  type FakeService,
  fakeNow,
  fakeService,
  fakeTokens,
} from "./service-fake.ts";

/* The HTTP server with the invented company behind it, on a port of its own. */

export interface HttpWorld {
  readonly http: Http;
  readonly fake: FakeService;
  /** What the server has logged. */
  readonly lines: readonly LogLine[];
  /** Asks without a socket, as the holder of a token; `null`: as nobody. */
  ask(who: Who | null, method: Method, url: string, options?: Asked): Promise<Told>;
  /** The folder of the dashboard; it is empty. */
  readonly dashboard: string;
  close(): Promise<void>;
}

interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly [field: string]: unknown;
}

export type Who = keyof typeof fakeTokens;
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS";

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The JSON of the text; undefined where it is none. */
  readonly json: Json;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into member by member, as a client does.
type Json = any;

export type WorldOptions = FakeOptions &
  Partial<Pick<HttpOptions, "limits" | "publicUrl" | "metrics" | "service" | "clock">> & {
    /** Default: any that is free. */
    readonly port?: number;
    readonly change?: (fake: FakeService) => Partial<HttpOptions["service"]>;
    readonly fillDashboard?: (folder: string) => Promise<void>;
  };

export async function httpWorld(options: WorldOptions = {}): Promise<HttpWorld> {
  const { change, fillDashboard, limits, publicUrl, metrics, clock, port, ...fakeOptions } =
    options;
  const fake = fakeService(fakeOptions);
  const dashboard = await mkdtemp(join(tmpdir(), "syncctl-dashboard-"));
  await fillDashboard?.(dashboard);
  const lines: LogLine[] = [];
  const log = (level: LogLine["level"]) => (message: string, about?: object) =>
    lines.push({ level, message, ...about });
  let ids = 0;
  const http = await openHttp({
    service: { ...fake.service, ...change?.(fake) },
    access: fake.access,
    log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
    clock: clock ?? { ...systemClock, now: () => fakeNow },
    newId: () => `request-${String(++ids).padStart(6, "0")}`,
    listen: { host: "127.0.0.1", port: port ?? 0 },
    version: "1.2.3",
    dashboard,
    ...(limits ? { limits } : {}),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(metrics ? { metrics } : {}),
  });
  return {
    http,
    fake,
    lines,
    dashboard,
    ask: (who, method, url, asked = {}) => ask(http, who, method, url, asked),
    async close() {
      await http.close();
      await rm(dashboard, { recursive: true });
    },
  };
}

async function ask(
  http: Http,
  who: Who | null,
  method: Method,
  url: string,
  { body, headers = {} }: Asked,
): Promise<Told> {
  const answer = await http.app.inject({
    method,
    url,
    headers: {
      ...(who === null ? {} : { authorization: `Bearer ${fakeTokens[who]}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    json: jsonOf(answer.body),
  };
}

export function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
