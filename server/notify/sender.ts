import type { Message } from "./message.ts";

/** What came of one try. `why` is for the log: a status or a code, nothing that the other side has written. */
export type Sent =
  /** `refused`: so many of several addresses, of which at least one was taken. */
  | { readonly ok: true; readonly refused?: number }
  | {
      readonly ok: false;
      /** Whether the same may work in a moment. */
      readonly passes: boolean;
      readonly why: string;
    };

/** Takes messages to one target. */
export interface Sender {
  /** Tries once, within a time limit. Never rejects. */
  send(message: Message, signal: AbortSignal): Promise<Sent>;
  close(): Promise<void>;
}

/** The code of an error of the network, or its name. Messages may hold addresses and what was sent. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
  return cause instanceof Error && cause !== error ? codeOf(cause) : error.name;
}
