import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./engine/state/postgres/schema.ts",
  out: "./engine/state/postgres/migrations",
  breakpoints: true,
});
