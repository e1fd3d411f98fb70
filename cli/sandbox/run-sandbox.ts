import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { noMapping, shippedMappings } from "../init/shipped-mappings.ts";
import { chosenSystems, systemTitles } from "../init/systems.ts";
import { onInterrupt } from "../interrupt.ts";
import { trouble } from "../plan-options.ts";
import { terminal } from "../terminal.ts";
import { report } from "../trouble.ts";
import {
  type CompanyData,
  type Sandbox,
  sampleCompany,
  startSandbox,
  writeSandboxProject,
} from "./start-sandbox.ts";

/** What the simulators held when the sandbox was last stopped, beside the project that has links to it. */
const dataFile = "company.json";

/** Starts the simulators, says how to use them, and keeps them until Ctrl-C. */
export async function runSandbox(folder: string, systems: readonly string[]): Promise<ExitCode> {
  return withSandbox(folder, systems, async (sandbox) => {
    const interrupt = onInterrupt("Saving what the simulators hold.");
    try {
      terminal.out(howToUse(folder, sandbox));
      await aborted(interrupt.signal);
      return exitCode.ok;
    } finally {
      interrupt.release();
    }
  });
}

/** With simulators that run and a project for them in the folder; what they hold is saved at the end. */
export async function withSandbox(
  folder: string,
  systems: readonly string[],
  work: (sandbox: Sandbox) => Promise<ExitCode>,
): Promise<ExitCode> {
  const saved = await savedCompany(folder);
  if (saved === "unreadable") {
    const message = `${join(folder, dataFile)} is not what a sandbox has saved. Delete it to begin anew.`;
    return report(trouble("file-unreadable", message), { json: false });
  }
  const company = await companyOf(systems, saved);
  const running = chosenSystems(Object.keys(company));
  if ((await shippedMappings(running)).length === 0) {
    return report(noMapping(running), { json: false });
  }
  const sandbox = await startSandbox(company);
  try {
    const unwritable = await writing(() => writeSandboxProject(folder, sandbox.urls));
    if (unwritable !== undefined) return unwritable;
    const code = await work(sandbox);
    const text = `${JSON.stringify(sandbox.save(), null, 1)}\n`;
    return (await writing(() => writeFile(join(folder, dataFile), text))) ?? code;
  } finally {
    await sandbox.close();
  }
}

async function writing(write: () => Promise<void>): Promise<ExitCode | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The sandbox cannot write its folder: ${why}.`;
    return report(trouble("file-unwritable", message), { json: false });
  }
}

/** A system that was there once stays, whatever is asked for: the project has mappings that need it. */
async function companyOf(systems: readonly string[], saved: CompanyData): Promise<CompanyData> {
  const sample = await sampleCompany();
  const wanted = chosenSystems(systems).map((name) => [name, sample[name]]);
  return { ...Object.fromEntries(wanted), ...saved };
}

async function savedCompany(folder: string): Promise<CompanyData | "unreadable"> {
  try {
    return JSON.parse(await readFile(join(folder, dataFile), "utf8"));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? {} : "unreadable";
  }
}

function howToUse(folder: string, { urls }: Sandbox): string {
  const running = chosenSystems(Object.keys(urls));
  const width = Math.max(...running.map((name) => systemTitles[name].length));
  const lines = running.map((name) => `  ${systemTitles[name].padEnd(width)}  ${urls[name]}`);
  const [mapping, person] = running.includes("workforce-planning")
    ? ["people", "Jonas Weber"]
    : ["workers", "Rosa Delgado"];
  return `Northridge Builders is running, until Ctrl-C:
${lines.join("\n")}

A project for it is in ${folder}. In another terminal:
  syncctl audit -C ${folder}     lists what a person should clean first
  syncctl link -C ${folder}      links what two systems have already
  syncctl plan -C ${folder}      shows every change
  syncctl apply -C ${folder}     carries it out

  syncctl explain ${mapping} "${person}" -C ${folder}
                                 says why that person is not synced

Edit ${join(folder, `mappings/${mapping}.yaml`)} and plan again to see what a change of the mapping does.
`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
