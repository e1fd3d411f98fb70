import { type ExitCode, exitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import { jsonText } from "../render/visible.ts";
import { listed } from "../render/words.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import { noMapping, shippedMappings } from "./shipped-mappings.ts";
import { chosenSystems } from "./systems.ts";
import { filesInTheWay, newProjectFiles, writeFiles } from "./write-project.ts";

/** People keep rules of their own in it, and it must not be lost. */
const keptIfThere = ".gitignore";

export async function initProject(
  folder: string,
  flags: {
    readonly force: boolean;
    readonly json: boolean;
    /** Names of systems. */
    readonly with: readonly string[];
  },
): Promise<ExitCode> {
  const systems = chosenSystems(flags.with);
  if ((await shippedMappings(systems)).length === 0) return report(noMapping(systems), flags);
  const files = await newProjectFiles(systems);
  const there = await filesInTheWay(folder, files);
  const inTheWay = there.filter((path) => path !== keptIfThere);
  if (inTheWay.length > 0 && !flags.force) {
    const message = `${listed(inTheWay)} ${inTheWay.length === 1 ? "is" : "are"} there already; nothing was written.`;
    return report(trouble("file-exists", message), flags);
  }
  const written = files.filter(({ path }) => path !== keptIfThere || !there.includes(path));
  try {
    await writeFiles(folder, written);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return report(trouble("file-unwritable", `The project cannot be written: ${why}.`), flags);
  }
  const paths = written.map(({ path }) => path);
  if (flags.json) terminal.out(`${jsonText({ folder, written: paths })}\n`);
  else terminal.out(nextSteps(folder, paths, there.includes(keptIfThere)));
  return exitCode.ok;
}

function nextSteps(folder: string, paths: readonly string[], gitignoreKept: boolean): string {
  const there = folder === "." ? "" : ` -C ${folder}`;
  const env = folder === "." ? ".env" : `${folder}/.env`;
  return [
    "Written:",
    ...paths.map((path) => `  ${path}`),
    ...(gitignoreKept
      ? ["Your .gitignore was left alone; see that it names .env and .syncctl/"]
      : []),
    "",
    `Next, copy ${env}.example to ${env}, fill it in, and run:`,
    `  syncctl validate${there}`,
    `  syncctl connections check${there}`,
    `  syncctl audit${there}`,
    `  syncctl link${there}`,
    "",
    "Then `syncctl plan` shows every change, and `syncctl apply` carries it out.",
    "No accounts yet? `syncctl demo` shows all of it against simulators.",
    "",
  ].join("\n");
}
