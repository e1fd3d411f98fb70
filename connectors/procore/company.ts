import type { HttpClient } from "../http/http.ts";

/** What every stream works with: the way to one company. */
export interface Company {
  readonly id: string;
  /** The name of the connection, for messages. */
  readonly connection: string;
  readonly baseUrl: string;
  readonly client: HttpClient;
  /** Whether the field `origin_id` is ours to write. */
  readonly claimsOriginId: boolean;
  readonly readLagMs: number;
}
