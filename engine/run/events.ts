import type { Outcome } from "../apply/outcome.ts";
import type { RequestEvent } from "../connector/connector.ts";
import type { Change } from "../plan/plan.ts";
import type { StreamRef } from "../value/address.ts";

/** What a run reports while it goes on, for progress and for logs. */
export type EngineEvent =
  | { readonly kind: "reading"; readonly stream: StreamRef; readonly records: number }
  | {
      readonly kind: "read";
      readonly stream: StreamRef;
      readonly records: number;
      readonly ended: boolean;
    }
  | {
      readonly kind: "working-out";
      readonly mapping: string;
      readonly rule: string;
      readonly records: number;
      readonly of: number;
    }
  | { readonly kind: "applying"; readonly done: number; readonly of: number }
  | { readonly kind: "settled"; readonly change: Change; readonly outcome: Outcome }
  | { readonly kind: "request"; readonly request: RequestEvent };
