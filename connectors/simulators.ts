import type { Simulator, SimulatorOptions } from "./http/simulator/simulator.ts";

/** Starts the simulator of a connector. Loaded when it is asked for: the connectors themselves need none of it. */
export const simulators: Readonly<
  Record<string, (options: SimulatorOptions) => Promise<Simulator>>
> = {
  "workforce-planning": async (options) => {
    const { startWorkforcePlanningSimulator } = await import(
      "./workforce-planning/simulator/simulator.ts"
    );
    return startWorkforcePlanningSimulator(options);
  },
  procore: async (options) => {
    const { startProcoreSimulator } = await import("./procore/simulator/simulator.ts");
    return startProcoreSimulator(options);
  },
  smartbarrel: async (options) => {
    const { startSmartbarrelSimulator } = await import("./smartbarrel/simulator/simulator.ts");
    return startSmartbarrelSimulator(options);
  },
};
