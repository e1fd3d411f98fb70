import { prepareEmptyFolder } from "./empty-folder.ts";

/* Part of `npm run prepare`, after `bundle-drizzle.ts`. */
await prepareEmptyFolder();
