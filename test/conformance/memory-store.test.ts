import { describeServiceStore } from "./service-store-suite.ts";
import { memoryHome } from "./store-homes.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the state in memory", memoryHome);
describeServiceStore("what the service remembers in memory", memoryHome);
