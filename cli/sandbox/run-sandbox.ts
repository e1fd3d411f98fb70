import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ExitCode, exitCode } from "../exit-code.ts";
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
export async function runSandbox(folder: string): Promise<ExitCode> {
  const data = await savedCompany(folder);
  if (data === "unreadable") {
    const message = `${join(folder, dataFile)} is not what a sandbox has saved. Delete it to begin anew.`;
    return report(trouble("file-unreadable", message), { json: false });
  }
  const sandbox = await startSandbox(data ?? (await sampleCompany()));
  const interrupt = onInterrupt("Saving what the simulators hold.");
  try {
    await writeSandboxProject(folder, sandbox.urls);
    terminal.out(howToUse(folder, sandbox));
    await aborted(interrupt.signal);
    await writeFile(join(folder, dataFile), `${JSON.stringify(sandbox.save(), null, 1)}\n`);
    return exitCode.ok;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The sandbox cannot write its folder: ${why}.`;
    return report(trouble("file-unwritable", message), { json: false });
  } finally {
    interrupt.release();
    await sandbox.close();
  }
}

async function savedCompany(folder: string): Promise<CompanyData | "unreadable" | null> {
  try {
    return JSON.parse(await readFile(join(folder, dataFile), "utf8"));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT"
      ? null
      : "unreadable";
  }
}

function howToUse(folder: string, { urls }: Sandbox): string {
  return `Northridge Builders is running, until Ctrl-C:
  Workforce Planning  ${urls["workforce-planning"]}
  Procore             ${urls.procore}

A project for it is in ${folder}. In another terminal:
  syncctl audit -C ${folder}     lists what a person should clean first
  syncctl link -C ${folder}      links the people and projects that both systems have already
  syncctl plan -C ${folder}      shows every change
  syncctl apply -C ${folder}     carries it out

  syncctl explain people "Jonas Weber" -C ${folder}
                                 says why he is not synced

Edit ${join(folder, "mappings/people.yaml")} and plan again to see what a change of the mapping does.
`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
