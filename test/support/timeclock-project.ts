import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Project } from "../../engine/config/project.ts";
import { timeclockWorld } from "./timeclock.ts";

/* The mappings of the building site: who a worker is, and which card belongs to a shift. */

const workerPeople = `
mapping: worker-people
sources:
  workers: { connection: site, stream: workers }
  people: { connection: site, stream: people }
systemOfRecord: workers
rules:
  people:
    direction: workers -> people
    match:
      - { number: number }
    agree: [name]
    prefer: { active: true }
    fields:
      name: { from: name, set: on-create }
      number: { from: number, set: on-create }
      active: { from: true, set: on-create }
    create: { whenReferenced: true }
    on: { found: link, lost: create }
limits: { minimum: 3 }
`;

const cards = `
mapping: cards
sources:
  shifts: { connection: site, stream: shifts, window: { days: 14 } }
  cards: { connection: site, stream: cards, window: { days: 14 } }
systemOfRecord: shifts
rules:
  cards:
    direction: shifts -> cards
    when: state != 'deleted'
    match:
      - { mark: id }
    fields:
      person: { from: worker, through: worker-people }
      project: project
      date: date
      hours: hours
      mark: id
    on: { found: link, left: report, gone: report }
limits: { minimum: 3 }
`;

/** The same tie from the other side: people are right, and become workers. */
export const peopleWorkers = `
mapping: worker-people
sources:
  people: { connection: site, stream: people }
  workers: { connection: site, stream: workers }
systemOfRecord: people
rules:
  workers:
    direction: people -> workers
    match:
      - { number: number }
    agree: [name]
    fields:
      name: name
      number: number
    on: { found: link }
limits: { minimum: 3 }
`;

/** A third mapping, for references that lead on: a card needs a person, and the person a team. */
export const crewTeams = `
mapping: crew-teams
sources:
  crews: { connection: site, stream: crews }
  teams: { connection: site, stream: teams }
systemOfRecord: crews
rules:
  teams:
    direction: crews -> teams
    match:
      - { name: name }
    fields:
      name: { from: name, set: on-create }
    create: { whenReferenced: true }
    on: { found: link }
limits: { minimum: 3 }
`;

/** People get a team, by the crew of their worker. */
export const withTeams = [
  "active: { from: true, set: on-create }",
  "active: { from: true, set: on-create }\n      team: { from: crew, through: crew-teams }",
] as const;

type Replace = readonly (readonly [text: string, by: string])[];

export interface TimeclockProject {
  /** Texts of the mappings and what stands in their place; each must occur in at least one of them. */
  readonly replace?: Replace;
  /** Stands in the place of the mapping of workers. */
  readonly workerMapping?: string;
  /** Further mappings. */
  readonly more?: readonly string[];
}

const projects = new Map<string, Promise<Project>>();

/** The project is the same for every world of one shape; its files are read once. */
export function timeclockProject(wanted: TimeclockProject): Promise<Project> {
  const { replace = [], workerMapping = workerPeople, more = [] } = wanted;
  const key = JSON.stringify([replace, workerMapping, more]);
  const known = projects.get(key) ?? load(edited([cards, workerMapping, ...more], replace));
  projects.set(key, known);
  return known;
}

function edited(texts: readonly string[], replace: Replace): readonly string[] {
  for (const [from] of replace) {
    if (!texts.some((text) => text.includes(from))) throw new Error(`no mapping has ${from}`);
  }
  return texts.map((text) =>
    replace.reduce((whole, [from, by]) => whole.replaceAll(from, by), text),
  );
}

async function load(mappings: readonly string[]): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-timeclock-"));
  try {
    const files = mappings.map((text, index) => ({ text, name: `mapping-${index}.yaml` }));
    for (const { text, name } of files) await writeFile(join(directory, name), text);
    await writeFile(
      join(directory, "syncctl.yaml"),
      `
version: 1
connections:
  site: { connector: memory, auth: { token: memory-token } }
mappings: [${files.map(({ name }) => name).join(", ")}]
`,
    );
    const connectors = [memoryConnector(timeclockWorld())];
    const loaded = await loadProject({ directory, env: {}, connectors });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
    return loaded.project;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
