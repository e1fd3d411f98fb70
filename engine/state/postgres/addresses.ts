import type { RecordAddress } from "../../value/address.ts";

/*
 * A record's address in columns. The names of the properties differ by prefix, so that one row can hold two of them.
 */

interface SourceColumns {
  readonly sourceConnection: string;
  readonly sourceStream: string;
  readonly sourceId: string;
}

interface TargetColumns<Id extends string | null> {
  readonly targetConnection: string;
  readonly targetStream: string;
  readonly targetId: Id;
}

export function toSource(address: RecordAddress): SourceColumns {
  return {
    sourceConnection: address.connection,
    sourceStream: address.stream,
    sourceId: address.id,
  };
}

export function fromSource(row: SourceColumns): RecordAddress {
  return { connection: row.sourceConnection, stream: row.sourceStream, id: row.sourceId };
}

export function toTarget(address: RecordAddress): TargetColumns<string> {
  return {
    targetConnection: address.connection,
    targetStream: address.stream,
    targetId: address.id,
  };
}

export function fromTarget(row: TargetColumns<string>): RecordAddress {
  return { connection: row.targetConnection, stream: row.targetStream, id: row.targetId };
}
