import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/*
 * Part of `npm run prepare`: makes build/drizzle.js and its chunks out of drizzle.ts, where the reason is told. An
 * installation that was pruned of its development packages keeps the bundle that it was prepared with.
 */

const folder = join(import.meta.dirname, "build");

async function bundle(): Promise<void> {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [join(import.meta.dirname, "drizzle.ts")],
    outdir: folder,
    chunkNames: "drizzle-[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: ["@electric-sql/pglite", "postgres"],
    metafile: true,
  });
  const made = new Set(Object.keys(result.metafile.outputs).map((path) => basename(path)));
  for (const name of readdirSync(folder)) {
    if (name.startsWith("drizzle-") && !made.has(name)) rmSync(join(folder, name));
  }
}

function esbuildIsThere(): boolean {
  try {
    import.meta.resolve("esbuild");
    return true;
  } catch {
    return false;
  }
}

if (esbuildIsThere()) await bundle();
else if (!existsSync(join(folder, "drizzle.js"))) {
  throw new Error(
    "syncctl is prepared with its development packages: run `npm ci` without --omit=dev, then `npm prune --omit=dev`.",
  );
}
