/// <reference types="vite/types/importMeta.d.ts" />

/** Style sheets are brought in for what they do to the page. */
declare module "*.css";
