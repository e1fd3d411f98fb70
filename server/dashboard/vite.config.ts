import { defineConfig } from "vite";

/** The pages of the service: static files, which `npm run prepare` makes and the service hands out. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "build",
    emptyOutDir: true,
    // light-dark(), nesting and the dialog element are used as they are.
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    // A font or picture as part of a style sheet would need another line in the content security policy.
    assetsInlineLimit: 0,
  },
});
