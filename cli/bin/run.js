import { enableCompileCache } from "node:module";

/* The entry of the command line. Only this file knows that there is a process around us. */

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 18)) {
  process.stderr.write(
    `syncctl needs Node 24.18 or newer; this is ${process.versions.node}. Call cli/bin/syncctl, which finds one.\n`,
  );
  process.exit(1);
}

// Compiled code and stripped types are kept between starts; it has to be switched on before anything is imported.
enableCompileCache();
const { main } = await import("../main.ts");
await main(process.argv.slice(2));
