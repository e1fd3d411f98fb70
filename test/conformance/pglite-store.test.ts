import { describeServiceStore } from "./service-store-suite.ts";
import { pgliteHome } from "./store-homes.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the state in PGlite", pgliteHome);
describeServiceStore("what the service remembers in PGlite", pgliteHome);
