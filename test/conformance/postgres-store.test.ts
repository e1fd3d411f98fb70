import { describeServiceStore } from "./service-store-suite.ts";
import { postgresHome } from "./store-homes.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the state on a PostgreSQL server", postgresHome);
describeServiceStore("what the service remembers on a PostgreSQL server", postgresHome);
