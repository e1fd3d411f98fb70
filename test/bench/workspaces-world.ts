import { openSite } from "../support/service-runs-sites.ts";

/*
 * The systems of many companies, in a process of their own, and a folder for each company. Prints `ready` and stays until
 * it is ended.
 *
 *   node workspaces-world.ts <folder> <workspaces> <people of each> <milliseconds of a call>
 */

const [root = "", workspaces = "", people = "", callMs = ""] = process.argv.slice(2);

for (let number = 1; number <= Number(workspaces); number += 1)
  await openSite(root, `company-${number}`, { people: Number(people), callMs: Number(callMs) });
process.stdout.write("ready\n");
