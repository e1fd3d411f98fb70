import { chromiumProgram } from "./chromium-path.ts";

/** Once, before the tests: two processes that unpack the same program would each find a part of it. */
export async function setup(): Promise<void> {
  await chromiumProgram();
}
