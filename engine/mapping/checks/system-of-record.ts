import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft } from "../draft.ts";

/** Something must start at the system of record, or nothing is ever brought in. */
export function checkSystemOfRecord(mapping: MappingDraft): readonly Diagnostic[] {
  const named = mapping.systemOfRecord;
  const source = mapping.sources.find(({ name }) => name === named?.name);
  if (!named || !source || mapping.rules.length === 0) return [];
  if (mapping.rules.some(({ direction }) => !direction || direction.from === named.name)) return [];
  const message = `No rule starts at ${quote(named.name)}, the system of record.`;
  return [errorAt("system-of-record-unused", named.at, message)];
}
