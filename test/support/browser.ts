import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { systemClock } from "../../engine/run/clock.ts";
import { openHttp } from "../../server/http/open-http.ts";
import type { Service } from "../../server/service.ts";
import { chromiumProgram } from "./chromium-path.ts";
import { type FakeOptions, type FakeService, fakeService } from "./service-fake.ts";

/* The dashboard in a real browser, with an invented company behind it. */

const built = join(import.meta.dirname, "../../server/dashboard/build");

/** A test never waits longer for anything on a page, milliseconds. */
const waitMs = 15_000;

let browser: Promise<Browser> | undefined;

/** One for all tests of a process; it ends with the process. */
function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

async function launch(): Promise<Browser> {
  const { executablePath, args } = await chromiumProgram();
  return chromium.launch({ executablePath, args: [...args] });
}

/** Fails with what to do when the pages were not built. */
function needBuild(): void {
  if (existsSync(join(built, "index.html"))) return;
  throw new Error(
    "The dashboard is not built. Run `npm run prepare` before the tests of its pages.",
  );
}

export interface Dashboard extends FakeService {
  readonly url: string;
  close(): Promise<void>;
}

/** The service of an invented company at a port of its own. `change`: parts of it that a test needs otherwise. */
export async function openDashboard(
  options: FakeOptions = {},
  change: (service: Service) => Service = (service) => service,
): Promise<Dashboard> {
  needBuild();
  const fake = fakeService({ now: () => new Date(), isOpen: true, ...options });
  const quiet = () => undefined;
  const http = await openHttp({
    service: change(fake.service),
    access: fake.access,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    listen: { host: "127.0.0.1", port: 0 },
    version: "0.0.0",
    dashboard: built,
  });
  return { ...fake, url: http.url, close: () => http.close() };
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser has complained about: errors of scripts, of the console, and of the content security policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  /** A token to sign in with. */
  readonly token?: string;
  /** Done before the first page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** A person with a browser of their own. */
export async function visit(
  { url }: Pick<Dashboard, "url">,
  path: string,
  { width = 1280, height = 900, theme = "light", token, before }: VisitOptions = {},
): Promise<Visit> {
  const context = await (await openBrowser()).newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(waitMs);
  if (token !== undefined) await context.request.post("/api/v1/session", { data: { token } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await before?.(page);
  await page.goto(path);
  return { page, context, complaints, close: () => context.close() };
}
