import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { startProcoreSimulator } from "../../connectors/procore/simulator/simulator.ts";
import { startWorkforcePlanningSimulator } from "../../connectors/workforce-planning/simulator/simulator.ts";
import { directoryOf } from "./directory.ts";

/* Companies in two systems over real HTTP, each with its folder below one folder, for processes that serve them all. */

export interface SiteOptions {
  /** People who become contacts, which are created one by one. */
  readonly people: number;
  /** How long the system takes for each call that creates one, milliseconds. */
  readonly createMs?: number;
  /** How long both systems take for any call, milliseconds. */
  readonly callMs?: number;
  readonly policy?: "automatic" | "approve";
}

export interface Site {
  readonly name: string;
  /** Names of the contacts there are, each as often as it is there. */
  contacts(): readonly string[];
  /** Calls that create a contact, as they were served. */
  creates(): number;
  close(): Promise<void>;
}

export async function openSite(root: string, name: string, options: SiteOptions): Promise<Site> {
  const people = Array.from({ length: options.people }, (_nothing, index) => ({
    first_name: "Person",
    last_name: String(index + 1),
    employee_number: `E-${index + 1}`,
    status: "active",
    is_user: false,
    is_assignable: true,
  }));
  const wfp = await startWorkforcePlanningSimulator({ data: { people } });
  const procore = await startProcoreSimulator({
    data: {
      companies: [{ id: 4242, name: "Northridge Builders" }],
      permissionTemplates: [{ name: "Workforce Planning Standard" }],
    },
  });
  const always = { kind: "slow", times: Number.POSITIVE_INFINITY } as const;
  const { createMs, callMs } = options;
  if (createMs !== undefined)
    procore.faults.add({ ...always, ms: createMs, method: "POST", path: /\/people$/ });
  if (callMs !== undefined)
    for (const { faults } of [wfp, procore]) faults.add({ ...always, ms: callMs });
  await writeSite(join(root, name), { wfp: wfp.url, procore: procore.url }, options);
  const directory = directoryOf(procore);
  return {
    name,
    contacts: () =>
      directory
        .contacts()
        .map((one) => String(one["last_name"]))
        .sort(),
    creates: () =>
      procore.log.filter(({ method, url }) => method === "POST" && /\/people$/.test(url)).length,
    close: async () => {
      await Promise.all([wfp.close(), procore.close()]);
    },
  };
}

async function writeSite(
  folder: string,
  urls: { readonly wfp: string; readonly procore: string },
  { policy }: SiteOptions,
): Promise<void> {
  await mkdir(join(folder, "mappings"), { recursive: true });
  const shipped = new URL("../../mappings/people.yaml", import.meta.url);
  const mapping = parseDocument(await readFile(shipped, "utf8"));
  if (policy !== undefined) mapping.set("apply", policy);
  await writeFile(join(folder, "mappings/people.yaml"), String(mapping));
  const configuration = {
    version: 1,
    connections: {
      wfp: {
        connector: "workforce-planning",
        companyId: "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10",
        baseUrl: urls.wfp,
        readLagSeconds: 0,
        auth: { clientId: "wfp-app", clientSecret: "wfp-app-secret", email: "a@b.example" },
      },
      procore: {
        connector: "procore",
        companyId: "4242",
        baseUrl: urls.procore,
        readLagSeconds: 0,
        auth: { clientId: "procore-app", clientSecret: "procore-app-secret" },
      },
    },
    mappings: ["mappings/*.yaml"],
  };
  await writeFile(join(folder, "syncctl.yaml"), JSON.stringify(configuration, null, 2));
}
