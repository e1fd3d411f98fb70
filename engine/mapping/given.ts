import type { FieldType } from "../connector/schema.ts";
import type { Compiled, SourceDraft } from "./draft.ts";
import { streamOf } from "./stream-of.ts";

/** What an expression gives, where that is plain to see. */
export interface Given {
  readonly type: FieldType;
  /** Made by the expression itself, and not read from a field. */
  readonly made: boolean;
  /** For a reference: `connection/stream` that it points to. */
  readonly references?: string;
}

export function givenBy(
  { analysis: { result } }: Compiled,
  source: SourceDraft | undefined,
): Given | undefined {
  switch (result.kind) {
    case "boolean":
    case "text":
      return { type: result.kind, made: true };
    case "number":
      return { type: "decimal", made: true };
    case "field":
      return source && fieldGiven(result.name, source);
    case "unknown":
      return undefined;
  }
}

function fieldGiven(name: string, source: SourceDraft): Given | undefined {
  const stream = streamOf(source);
  if (name === "id")
    return { type: "reference", made: false, ...(stream && { references: stream }) };
  const fields = source.schema?.fields ?? {};
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) return undefined;
  const references =
    field.references && source.connection && `${source.connection.name}/${field.references}`;
  return { type: field.type, made: false, ...(references && { references }) };
}
