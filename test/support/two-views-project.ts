import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Project } from "../../engine/config/project.ts";
import { twoViewsWorld } from "./two-views.ts";

/* Mappings that create people in one list, each through a stream of its own. */

/** Keeps contacts: everybody on the staff is one, and names, numbers and titles follow. */
export const staffContacts = `
mapping: staff-contacts
sources:
  staff: { connection: office, stream: staff }
  contacts: { connection: office, stream: contacts }
systemOfRecord: staff
rules:
  contacts:
    direction: staff -> contacts
    match:
      - { number: number }
    agree: [name]
    fields:
      name: name
      number: number
      title: title
    on: { found: link }
limits: { minimum: 30 }
`;

/** Makes a person when a card needs one, and never changes anybody. */
export const workerPeople = `
mapping: worker-people
sources:
  workers: { connection: office, stream: workers }
  people: { connection: office, stream: people }
systemOfRecord: workers
rules:
  people:
    direction: workers -> people
    match:
      - { number: number }
    agree: [name]
    fields:
      name: { from: name, set: on-create }
      number: { from: number, set: on-create }
    create: { whenReferenced: true }
    on: { found: link }
limits: { minimum: 30 }
`;

/** Cards that need a person. */
export const cards = `
mapping: cards
sources:
  shifts: { connection: office, stream: shifts }
  cards: { connection: office, stream: cards }
systemOfRecord: shifts
rules:
  cards:
    direction: shifts -> cards
    match:
      - { mark: id }
    fields:
      person: { from: worker, through: worker-people }
      hours: hours
      mark: id
    on: { found: link }
limits: { minimum: 30 }
`;

/** Makes users out of the staff; other names of fields, other ids. */
export const staffUsers = `
mapping: staff-users
sources:
  staff: { connection: office, stream: staff }
  users: { connection: office, stream: users }
systemOfRecord: staff
rules:
  users:
    direction: staff -> users
    match:
      - { code: number }
    agree: [full_name]
    fields:
      full_name: name
      code: number
    on: { found: link }
limits: { minimum: 30 }
`;

/** Writes to a list of its own. */
export const staffPartners = `
mapping: staff-partners
sources:
  staff: { connection: office, stream: staff }
  partners: { connection: office, stream: partners }
systemOfRecord: staff
rules:
  partners:
    direction: staff -> partners
    match:
      - { number: number }
    fields:
      name: name
      number: number
    on: { found: link }
limits: { minimum: 30 }
`;

/** As above, and whoever has a number becomes a person, needed or not. */
export const eagerWorkerPeople = workerPeople.replace("    create: { whenReferenced: true }\n", "");

/** The same mapping under another name, between streams of another connection. */
export function ofBranch(text: string): string {
  return text
    .replace(/^mapping: (\S+)/m, "mapping: branch-$1")
    .replaceAll("connection: office", "connection: branch");
}

const projectText = (files: readonly string[]) => `
version: 1
connections:
  office: { connector: memory, auth: { token: memory-token } }
  branch: { connector: memory, auth: { token: memory-token } }
mappings: [${files.join(", ")}]
`;

const projects = new Map<string, Promise<Project>>();

/** Mappings in the order of the names of their files. The files of each project are read once. */
export function twoViewsProject(texts: readonly string[]): Promise<Project> {
  const key = JSON.stringify(texts);
  const known = projects.get(key) ?? load(texts);
  projects.set(key, known);
  return known;
}

async function load(texts: readonly string[]): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-two-views-"));
  try {
    const files = texts.map((text, index) => ({ text, name: `${"abcdefgh"[index]}.yaml` }));
    for (const { text, name } of files) await writeFile(join(directory, name), text);
    const whole = projectText(files.map(({ name }) => name));
    await writeFile(join(directory, "syncctl.yaml"), whole);
    const connectors = [memoryConnector(twoViewsWorld())];
    const loaded = await loadProject({ directory, env: {}, connectors });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
    return loaded.project;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
