import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { launcher } from "./cli-run.ts";

/* `syncctl serve` in a process of its own, asked over HTTP as a browser or a script would. */

/** A value of the API, as JSON gives it. */
export type Told = Readonly<Record<string, unknown>>;

interface Answered {
  readonly status: number;
  readonly body: Told;
}

export interface Served {
  readonly url: string;
  out(): string;
  log(): string;
  get(path: string): Promise<Answered>;
  text(path: string): Promise<string>;
  send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answered>;
  /** Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  readonly pid: number;
}

/** How long a start may take on a busy machine, milliseconds. */
const startMaxMs = 30_000;

const askEveryMs = 100;

export async function serveIn(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly token?: string;
  } = {},
): Promise<Served> {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC", ...options.env };
  const child = spawn("sh", [launcher, "serve", ...args], { cwd: options.cwd, env });
  let [out, log] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const ended = new Promise<number | null>((done) => child.on("close", done));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = await addressIn(
    () => out,
    child,
    () => log,
  );
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const answered = async (response: Response): Promise<Answered> => ({
    status: response.status,
    body: (await response.json()) as Told,
  });
  return {
    url,
    pid: child.pid ?? 0,
    out: () => out,
    log: () => log,
    get: async (path) => answered(await fetch(`${url}${path}`, { headers })),
    text: async (path) => (await fetch(`${url}${path}`, { headers })).text(),
    send: async (method, path, body) =>
      answered(
        await fetch(`${url}${path}`, {
          method,
          headers: {
            ...headers,
            ...(body !== undefined && { "content-type": "application/json" }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      ),
    stop: async () => {
      child.kill("SIGINT");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function addressIn(
  out: () => string,
  child: ChildProcess,
  log: () => string,
): Promise<string> {
  for (let waited = 0; waited < startMaxMs; waited += askEveryMs) {
    const address = /served at (http\S+?)\/?\n/.exec(out())?.[1];
    if (address !== undefined) return address;
    if (child.exitCode !== null) break;
    await sleep(askEveryMs);
  }
  throw new Error(`The service did not start.\n${out()}\n${log()}`);
}

/** How long a run may take on a busy machine, milliseconds. */
const runMaxMs = 60_000;

const ends = ["waiting", "done", "partial", "refused", "failed", "cancelled"];

/** Starts a run of a mapping and waits until it has ended or waits for a person. */
export async function runOf(
  served: Served,
  mapping: string,
  what: { readonly purpose?: "sync" | "link"; readonly workspace?: string } = {},
): Promise<Told> {
  const { purpose = "sync", workspace = "-" } = what;
  const path = `/api/v1/workspaces/${workspace}/mappings/${mapping}/runs`;
  const asked = await served.send("POST", path, { purpose, allow: [] });
  if (asked.status !== 202) throw new Error(JSON.stringify(asked));
  return settled(served, String(asked.body["id"]));
}

export async function settled(served: Served, id: string): Promise<Told> {
  let request: Told = {};
  for (let waited = 0; waited < runMaxMs; waited += askEveryMs) {
    const { body } = await served.get(`/api/v1/runs/${id}`);
    request = body["request"] as Told;
    if (ends.includes(String(request["status"]))) return request;
    await sleep(askEveryMs);
  }
  throw new Error(`The run goes on and on: ${JSON.stringify(request)}\n${served.log()}`);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
