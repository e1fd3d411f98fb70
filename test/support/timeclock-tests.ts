import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { TestRun } from "../../engine/mapping-test/run-tests.ts";
import { type Files, runText } from "./mapping-tests.ts";
import { timeclockWorld } from "./timeclock.ts";

/* The mappings of the building site as files, for mapping tests of references and of days. */

const projectFile = `version: 1
connections:
  site: { connector: memory, auth: { token: memory-token } }
mappings: [mappings/*.yaml]
`;

const workerPeople = `mapping: worker-people
sources:
  workers: { connection: site, stream: workers }
  people: { connection: site, stream: people }
systemOfRecord: workers
rules:
  people:
    direction: workers -> people
    match:
      - { number: number }
    fields:
      name: { from: name, set: on-create }
      number: { from: number, set: on-create }
    create: { whenReferenced: true }
    on: { found: link }
`;

const cards = `mapping: cards
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
`;

/** Everything of a card that the source tells plainly. */
export const plainFields = "project: north, date: 2026-03-02, hours: 8, mark: s1";

/** A file with these cases for the mapping of cards, written one level in. */
export function cardCases(text: string, head = ""): string {
  return `mapping: cards\ndefaults:\n  shifts: { project: north, date: 2026-03-02, hours: 8, state: open }\n${head}cases:\n${text}`;
}

export function runCards(test: string, files: Files = {}): Promise<TestRun> {
  return runText(test, {
    files: {
      "syncctl.yaml": projectFile,
      // The usual mapping of these tests has no place in this project.
      "mappings/users.yaml": workerPeople,
      "mappings/cards.yaml": cards,
      ...files,
    },
    connectors: [memoryConnector(timeclockWorld())],
  });
}
