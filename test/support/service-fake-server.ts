import { join } from "node:path";
import { systemClock } from "../../engine/run/clock.ts";
import { openHttp } from "../../server/http/open-http.ts";
import { fakeService } from "./service-fake.ts";

/*
 * The dashboard with an invented company behind it, for working on it: `node test/support/service-fake-server.ts [port]
 * [--tokens]`. With `--tokens` it asks for one: viewer-token, operator-token, admin-token or harbor-token.
 */

const [port = "4400"] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const fake = fakeService({
  now: () => new Date(),
  isOpen: !process.argv.includes("--tokens"),
});

/** One step of a run: it takes some seconds from beginning to end. */
const stepMs = 900;
setInterval(() => fake.step(), stepMs).unref();

const say = (message: string, about?: object) => console.log(message, JSON.stringify(about));
const http = await openHttp({
  service: fake.service,
  access: fake.access,
  log: { debug: () => undefined, info: say, warn: say, error: say },
  clock: systemClock,
  newId: () => crypto.randomUUID(),
  listen: { host: "127.0.0.1", port: Number(port) },
  version: "0.0.0",
  dashboard: join(import.meta.dirname, "../../server/dashboard/build"),
});
console.log(`The invented company is at ${http.url}`);
process.once("SIGINT", () => void http.close());
