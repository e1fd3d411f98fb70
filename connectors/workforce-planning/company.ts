import type { HttpClient } from "../http/http.ts";
import type { Api } from "./api.ts";

/** What every stream works with: the way to one company. */
export interface Company {
  /** The name of the connection, for messages. */
  readonly connection: string;
  readonly api: Api;
  readonly client: HttpClient;
  readonly readLagMs: number;
}
