import { describe, expect, it } from "vitest";
import type { FieldSchema, StreamSchema } from "../../engine/connector/schema.ts";
import type { ConformanceHarness } from "./harness.ts";
import { inSession } from "./session.ts";

/** Mappings are checked against the schema, and editors complete it, long before anybody connects. */
export function describeSchema(harness: ConformanceHarness, schema: StreamSchema): void {
  const fields = Object.entries(schema.fields);

  function namesOf(isWrong: (field: FieldSchema) => boolean): readonly string[] {
    return fields.filter(([, field]) => isWrong(field)).map(([name]) => name);
  }

  describe("the schema", () => {
    it("is named after its stream, and has nouns and sentences for people", () => {
      expect(harness.definition.streams[schema.stream]).toBe(schema);
      expect(schema.noun.one).not.toBe(schema.noun.many);
      expect([schema.about, ...fields.map(([, { about }]) => about)].filter(isNoSentence)).toEqual(
        [],
      );
    });

    it("labels its records with fields that are there", () => {
      expect(schema.label.length).toBeGreaterThan(0);
      expect(schema.label.filter((name) => schema.fields[name] === undefined)).toEqual([]);
    });

    it("points with references, and with nothing else, to streams that are there", () => {
      expect(
        namesOf((field) => (field.type === "reference") !== (field.references !== undefined)),
      ).toEqual([]);
      expect(
        namesOf(
          ({ references }) =>
            references !== undefined && !(references in harness.definition.streams),
        ),
      ).toEqual([]);
    });

    it("lists the choices of choices, and of nothing else", () => {
      expect(
        namesOf((field) => (field.type === "choice") !== (field.choices !== undefined)),
      ).toEqual([]);
      expect(namesOf(({ choices }) => choices?.length === 0)).toEqual([]);
    });

    it("requires nothing that cannot be set", () => {
      expect(namesOf(({ access, required }) => access === "read" && required === true)).toEqual([]);
    });

    it("has a size of batches exactly for the batches that there are", (context) =>
      inSession(harness, schema.stream, context, async ({ stream }) => {
        const { batchMax } = schema;
        expect(batchMax?.create !== undefined).toBe(stream.createMany !== undefined);
        expect(batchMax?.update !== undefined).toBe(stream.updateMany !== undefined);
        expect(batchMax === undefined || Object.keys(batchMax).length > 0).toBe(true);
        expect([batchMax?.create ?? 2, batchMax?.update ?? 2].filter((size) => size < 2)).toEqual(
          [],
        );
      }));

    it("makes together what is alike in a field that every new record has", (context) => {
      const { alike, create } = schema.batchMax ?? {};
      if (alike === undefined) return context.skip(`what ${schema.stream} makes may differ`);
      expect(create).toBeDefined();
      expect(schema.fields[alike]?.access).toMatch(/^(create|write)$/);
      expect(schema.fields[alike]?.required).toBe(true);
    });

    it("is read by days by a field that says a day", (context) => {
      if (schema.window === undefined) return context.skip(`${schema.stream} is read as a whole`);
      expect(schema.fields[schema.window.field]?.type).toBe("date");
    });

    it("has a field to write for every way of writing", (context) =>
      inSession(harness, schema.stream, context, async ({ stream }) => {
        const isWritten = stream.update !== undefined || stream.updateMany !== undefined;
        const isCreated = stream.create !== undefined || stream.createMany !== undefined;
        expect(namesOf(({ access }) => access === "write").length > 0 || !isWritten).toBe(true);
        expect(namesOf(({ access }) => access !== "read").length > 0 || !isCreated).toBe(true);
      }));
  });
}

function isNoSentence(text: string): boolean {
  return !/^\S.*[.?!)`]$/s.test(text);
}
