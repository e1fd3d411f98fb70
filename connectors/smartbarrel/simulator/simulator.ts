import type { RestOverride } from "../../http/rest/definition.ts";
import { overridden } from "../../http/rest/override.ts";
import { createSimulator, simulatorNow } from "../../http/simulator/create-simulator.ts";
import type { RateWindow } from "../../http/simulator/rate-windows.ts";
import type { Simulator, SimulatorOptions } from "../../http/simulator/simulator.ts";
import { assumedDefinition } from "../definition.ts";
import { loadData, savedData } from "./data.ts";
import { errorBody, openGate } from "./gate.ts";
import { type Handle, handleOf, type ShiftHandle, shiftHandle } from "./handles.ts";
import { addRoutes } from "./routes.ts";
import { createStore } from "./store.ts";

/** The keys that the simulator takes unless it is started with others. */
export const simulatorTokens = { full: "sb-key-northridge", readOnly: "sb-key-reader" } as const;

/** An assumed limit, for `rateWindows`. */
export const assumedRateWindows: readonly RateWindow[] = [{ limit: 120, seconds: 60 }];

export interface SmartbarrelSimulatorOptions extends SimulatorOptions {
  /** What differs from the assumed shape. The simulator then speaks that one. */
  readonly definition?: RestOverride;
  readonly token?: string;
  /** The header that has to name the company. Default: none. */
  readonly company?: { readonly header: string; readonly key: string };
  /** Pages hold no more than this, whatever is asked for. */
  readonly pageSize?: number;
  /** Default: no limits. */
  readonly rateWindows?: readonly RateWindow[];
}

export interface SmartbarrelSimulator extends Simulator {
  readonly workers: Handle;
  readonly positions: Handle;
  readonly projects: Handle;
  readonly costCodes: Handle;
  readonly shifts: ShiftHandle;
}

export async function startSmartbarrelSimulator(
  options: SmartbarrelSimulatorOptions = {},
): Promise<SmartbarrelSimulator> {
  const now = simulatorNow(options);
  const definition = overridden(assumedDefinition, options.definition ?? {});
  const store = createStore({ now, readLagMs: options.readLagMs ?? 0 });
  let endKeys = () => {};
  const simulator = await createSimulator({
    options,
    routes(app) {
      endKeys = openGate(app, {
        definition,
        now,
        token: options.token ?? simulatorTokens.full,
        readOnlyToken: simulatorTokens.readOnly,
        company: options.company ?? null,
        rateWindows: options.rateWindows ?? [],
      });
      addRoutes(app, { definition, store, now, pageSize: options.pageSize ?? null });
    },
    load: (data) => loadData(store, data, now()),
    save: () => savedData(store),
    expireTokens: () => endKeys(),
    errorBody: (status, message) => errorBody(definition, codeOf(status), message),
  });
  return {
    ...simulator,
    workers: handleOf(store, "workers"),
    positions: handleOf(store, "positions"),
    projects: handleOf(store, "projects"),
    costCodes: handleOf(store, "cost_codes"),
    shifts: shiftHandle(store),
  };
}

function codeOf(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    429: "rate_limited",
  };
  return codes[status] ?? (status < 500 ? "validation_failed" : "server_error");
}
