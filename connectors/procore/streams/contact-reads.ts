import type { Call, GetResult, StreamRecord } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { contacts } from "../api.ts";
import type { Company } from "../company.ts";
import { type Converted, flattenPerson, type Row, recordOf } from "../convert.ts";
import { findInLists, type ListReading } from "../reading.ts";

/** The lists of contacts, as records of one of the two streams that contacts are in: that of contacts, or of all people. */
export function contactLists(company: Company, schema: StreamSchema): readonly ListReading[] {
  const convert = (row: Row) => listedContact(row, schema);
  return [
    { request: contacts(company.id, "active"), convert },
    { request: contacts(company.id, "inactive"), convert },
  ];
}

/** The list is asked for contacts alone; should a user be in it all the same, it is none of ours. */
function listedContact(row: Row, schema: StreamSchema): Converted<StreamRecord> | null {
  const isUser = row["user_id"] !== null && row["user_id"] !== undefined;
  return isUser ? null : recordOf(flattenPerson(row), schema);
}

/** People cannot be asked for by origin id (documented), so that the lists are searched. */
export function findContactByOrigin(
  company: Company,
  schema: StreamSchema,
  originId: string,
  call: Call,
): Promise<GetResult> {
  const isMeant = ({ fields }: StreamRecord) => fields["origin_id"] === originId;
  return findInLists(company, contactLists(company, schema), isMeant, call);
}
