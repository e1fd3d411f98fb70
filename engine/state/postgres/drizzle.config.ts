import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["columns.ts", "schema.ts", "service/schema.ts"].map(
    (file) => `./engine/state/postgres/${file}`,
  ),
  out: "./engine/state/postgres/migrations",
  breakpoints: true,
});
