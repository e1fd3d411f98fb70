import { type Logger, pino } from "pino";
import type { Code } from "../../engine/codes.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import { faultFields } from "./fault.ts";
import { type Mask, openMask } from "./mask.ts";

/*
 * What the service tells its operators: one JSON text a line. Names, addresses and values of records are not logged, at no
 * level by us; what others say about them (messages of errors) at `debug` alone.
 */

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** What a line is about, beside its message. Ids, names of ours, codes, numbers: never anything of a record. */
interface LogFields {
  /** Of a request over HTTP, as its answer names it. */
  readonly requestId?: string;
  /** Of a run request. */
  readonly run?: string;
  readonly workspace?: string;
  readonly mapping?: string;
  readonly connection?: string;
  readonly code?: Code;
  /** Something that was thrown. */
  readonly err?: unknown;
  /** These three are the line's own. */
  readonly level?: never;
  readonly time?: never;
  readonly msg?: never;
  readonly [name: string]: unknown;
}

export interface Log {
  debug(message: string, about?: LogFields): void;
  info(message: string, about?: LogFields): void;
  /** Somebody should look at it some day. */
  warn(message: string, about?: LogFields): void;
  /** Something does not work. */
  error(message: string, about?: LogFields): void;
  /** The same log, with these fields on every line. */
  with(about: LogFields): Log;
  /** From now on these texts are masked in every line, of the logs made by `with` too. What is known already may be told again. */
  hide(secrets: readonly string[]): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes a line with its end. */
  readonly write: (line: string) => void;
  readonly clock: Clock;
}

export function openLog({ level, write, clock }: LogOptions): Log {
  const mask = openMask();
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => faultFields(error, level === "debug") },
    },
    { write: (line: string) => write(mask.line(line)) },
  );
  return logOf(logger, mask);
}

function logOf(logger: Logger, mask: Mask): Log {
  const at = (level: "debug" | "info" | "warn" | "error") => (message: string, about?: LogFields) =>
    about === undefined ? logger[level](message) : logger[level](about, message);
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (about) => logOf(logger.child(about), mask),
    hide: (secrets) => mask.hide(secrets),
  };
}
