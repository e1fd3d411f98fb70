import type { Clock, ConnectorDefinition } from "../engine/connector/connector.ts";
import type { ProcessInfo } from "../engine/state/folder-lock.ts";
import type { Refusal } from "../engine/state/open-result.ts";
import { openState } from "../engine/state/open-state.ts";
import type { State } from "../engine/state/state.ts";
import { isLoopback } from "./access/loopback-host.ts";
import type { LogLevel } from "./log/log.ts";
import { openParts } from "./open-parts.ts";
import type { ServiceSettings } from "./settings/settings.ts";

export interface ServeOptions {
  readonly settings: ServiceSettings;
  readonly connectors: readonly ConnectorDefinition[];
  readonly clock: Clock;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** A new unique id. */
  readonly newId: () => string;
  /** Bytes that nobody can guess. */
  readonly secretBytes: (length: number) => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly process: ProcessInfo;
  readonly version: string;
  readonly logLevel: LogLevel;
  /** Takes one line of the log, with its end. */
  readonly writeLog: (line: string) => void;
}

export interface Serving {
  /** Where it listens. */
  readonly url: string;
  /** Nobody needs a token. */
  readonly isOpen: boolean;
  /** Takes nothing new, ends what is under way between two records, and gives the rest to other processes or the next start. */
  close(): Promise<void>;
}

export type ServeResult = { readonly ok: true; readonly serving: Serving } | Refusal;

/** Puts the parts of the service together and starts them. */
export async function serve(options: ServeOptions): Promise<ServeResult> {
  const { settings, clock } = options;
  const opened = await openState({ state: settings.state, clock, process: options.process });
  if (!opened.ok) return opened;
  await using parts = new AsyncDisposableStack();
  parts.defer(() => opened.state.close());
  const refusal = await refusalOf(settings, opened.state);
  if (refusal !== null) return refusal;
  try {
    const { url, isOpen } = await openParts(options, opened.state, parts);
    const all = parts.move();
    return { ok: true, serving: { url, isOpen, close: () => all.disposeAsync() } };
  } catch (error) {
    const refused = listenTrouble(settings, error);
    if (refused === null) throw error;
    return refused;
  }
}

/** Why the system does not let us listen there. */
const listenTroubles: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "there is no such host",
  EACCES: "this user may not listen there",
};

function listenTrouble({ listen }: ServiceSettings, error: unknown): Refusal | null {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return null;
  const why = listenTroubles[String(error.code)];
  if (why === undefined || (error.syscall !== "listen" && error.syscall !== "getaddrinfo")) {
    return null;
  }
  const message = `The service cannot listen at ${listen.host}, port ${listen.port}: ${why}.`;
  return { ok: false, code: "listen-refused", message };
}

/** Whoever can reach the service can write to the systems behind it, so that it is never open to others. */
async function refusalOf({ listen }: ServiceSettings, { service }: State): Promise<Refusal | null> {
  if (isLoopback(listen.host) || (await service.tokens()).length > 0) return null;
  return {
    ok: false,
    code: "service-needs-token",
    message: `The service would listen at ${listen.host}, where others can reach it, and has no token yet.`,
  };
}
