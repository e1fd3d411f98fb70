import type { Call, Stream, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Company } from "../company.ts";
import {
  fieldsAsSent,
  joinJobTitle,
  patchToWire,
  personFromWire,
  recordsFromWire,
} from "../convert.ts";
import { jobTitles } from "./job-titles.ts";
import { peopleSchema } from "./people-schema.ts";
import { recordStream } from "./record-stream.ts";
import { rememberedList } from "./remembered-list.ts";

export function peopleStream(company: Company): Stream {
  const titles = rememberedList(company, jobTitles, "name");

  /** A person carries the id of the title only. Without the titles, nobody's title is told. */
  async function withTitles(people: readonly StreamRecord[], call: Call) {
    const found = await titles.find(people.flatMap(titleIdOf), call);
    return found.ok
      ? { records: people.map((person) => joinJobTitle(person, found.values)), trouble: null }
      : { records: people, trouble: found.problem };
  }

  return recordStream(company, {
    schema: peopleSchema,
    calls: company.api.people,
    referred: titles,
    async read(wires, call) {
      const people = recordsFromWire(wires, personFromWire);
      return people.ok ? { ok: true, ...(await withTitles(people.records, call)) } : people;
    },
    async unchanged({ record: { id, fields }, patch }, call) {
      const { job_title: _joinedAnew, ...held } = fields;
      const person = { id, fields: { ...held, ...fieldsAsSent(patch) } };
      const { records } = await withTitles([person], call);
      return records[0] ?? person;
    },
    updateBody: ({ patch }) => patchToWire(patch),
    refusal: () => null,
  });
}

function titleIdOf({ fields }: StreamRecord): readonly string[] {
  const id = fields["job_title_id"];
  return typeof id === "string" ? [id] : [];
}
