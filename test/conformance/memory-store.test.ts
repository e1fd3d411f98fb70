import { memoryStore } from "../../engine/state/memory-store.ts";
import { morning } from "./store-samples.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the state in memory", async () => {
  let now = morning.getTime();
  const clock = { now: () => new Date(now), sleep: async () => {} };
  return {
    empty: async () => memoryStore(clock),
    pass: async (milliseconds) => {
      now += milliseconds;
    },
    stop: async () => {},
  };
});
