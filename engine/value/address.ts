/** Which stream: one kind of record of one connection. */
export interface StreamRef {
  readonly connection: string;
  readonly stream: string;
}

/** Where a record lives. */
export interface RecordAddress extends StreamRef {
  readonly id: string;
}

/** `connection/stream`, the form used in messages, flags and as a map key. */
export function streamText(ref: StreamRef): string {
  return `${ref.connection}/${ref.stream}`;
}

/** `connection/stream/id`, the form used in messages, flags and as a map key. */
export function addressText(address: RecordAddress): string {
  return `${address.connection}/${address.stream}/${address.id}`;
}

/** Parses `connection/stream/id`; ids may hold slashes. Null when it is not of that form. */
export function parseAddress(text: string): RecordAddress | null {
  const match = /^([^/]+)\/([^/]+)\/(.+)$/.exec(text);
  if (!match) return null;
  const [, connection = "", stream = "", id = ""] = match;
  return { connection, stream, id };
}
