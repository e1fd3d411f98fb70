import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/unpack-browser.ts"],
    // Tests share nothing but modules, and loading those afresh for each file would take most of the time.
    isolate: false,
    // Most tests wait for other processes most of the time, so that two cores are enough for two workers.
    maxWorkers: 2,
    // Starting a child process or a database takes a second on a busy machine; a test that hangs is found soon enough.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
