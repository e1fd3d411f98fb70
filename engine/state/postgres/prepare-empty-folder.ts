import { prepareEmptyFolder } from "./empty-folder.ts";

await prepareEmptyFolder();
