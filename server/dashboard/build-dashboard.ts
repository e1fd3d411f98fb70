import { join } from "node:path";

/*
 * Part of `npm run prepare`: makes build/ out of source/. An installation that was pruned of its development packages
 * keeps the pages that it was prepared with; without any, the service says so where the dashboard would be.
 */

async function buildDashboard(): Promise<void> {
  const { build } = await import("vite");
  await build({ configFile: join(import.meta.dirname, "vite.config.ts") });
}

function viteIsThere(): boolean {
  try {
    import.meta.resolve("vite");
    return true;
  } catch {
    return false;
  }
}

if (viteIsThere()) await buildDashboard();
