import type { HttpClient, HttpResult } from "../http.ts";
import type { Prepared } from "./calls.ts";
import type { RestDefinition } from "./definition.ts";

/** What every stream works with: the way to one account of a system that is described by a definition. */
export interface RestSystem {
  /** The name of the connection, for messages. */
  readonly connection: string;
  readonly baseUrl: string;
  readonly definition: RestDefinition;
  readonly client: HttpClient;
  /** Sends a create with the header that makes it recognisable, if the definition has one. */
  readonly sendKeyed: (call: Prepared, key: string, signal: AbortSignal) => Promise<HttpResult>;
  readonly readLagMs: number;
  /** Taken out of the system's words. */
  readonly secrets: readonly string[];
}
