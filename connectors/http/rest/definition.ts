import type { DayWindow } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Value } from "../../../engine/value/value.ts";

/*
 * How a system that speaks JSON over HTTP is described as plain data, so that a stream needs no code of its own.
 *
 * A *kind* is what a stream is, whatever the system calls things: its schema, and where its records come from. It stands
 * in code. A *shape* is what travels on the wire: addresses, parameters, names and values. It is data, and a connection
 * may override any part of it.
 *
 * A place in an answer or a body is a path with dots, such as `profile.firstName`; a number counts in a list, from 0
 * (`segments.0`). An empty path is the answer itself.
 */

export interface RestKind {
  /**
   * Its `window` says that the stream can be read by days, and by which field. That holds whatever the definition has:
   * without parameters for days everything is read, and what belongs to other days is left out here.
   */
  readonly schema: StreamSchema;
  /** The records are listed for each record of another stream, whose id stands in the address as `{parameter}`. */
  readonly under?: { readonly stream: string; readonly parameter: string };
  /**
   * The records stand in a list inside other records, the parents, whose fields are joined in. A record's id is that of
   * its parent, a colon, and its own.
   */
  readonly nested?: boolean;
}

export interface RestDefinition {
  /** Stands before every path, such as `/v1`. */
  readonly prefix: string;
  readonly auth: { readonly header: string; readonly scheme: string | null };
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** How moments are written where they are no text: text with an offset is always read. */
  readonly instants: "iso" | "epoch-seconds" | "epoch-milliseconds";
  readonly paging: PagingShape;
  readonly writing: WritingShape;
  readonly errors: ErrorShape;
  readonly streams: Readonly<Record<string, StreamShape>>;
}

/** The keys that a style does not need are not looked at. */
export interface PagingShape {
  readonly style: "page" | "offset" | "cursor" | "link" | "none";
  /** Where the list stands in an answer. */
  readonly items: string;
  readonly sizeParam: string | null;
  /** Records a page, as asked for. */
  readonly size: number;
  readonly pageParam: string;
  readonly firstPage: number;
  readonly offsetParam: string;
  readonly cursorParam: string;
  /** Where the next cursor stands, or the address of the next page if it is not in the `Link` header. */
  readonly next: string | null;
  /** The last page does not have `next` at all. Otherwise one that lacks it is no page of the list. */
  readonly nextOmittedAtEnd: boolean;
  /** Where an answer tells whether there is more: true or false. Pages and offsets only. */
  readonly more: string | null;
  /** Where an answer tells how many records there are in all. Pages and offsets only. */
  readonly total: string | null;
  /** Where neither is told: a page with fewer records than asked for is the last. Otherwise an empty one is. */
  readonly shortPageIsLast: boolean;
}

interface WritingShape {
  readonly updateMethod: "PATCH" | "PUT";
  /** The key that a record is wrapped in when it is sent. */
  readonly wrap: string | null;
  /** Where the record stands in the answer to a call for one record, or to a write. */
  readonly answer: string;
  /** The header that makes a repeated create recognisable. */
  readonly idempotencyHeader: string | null;
  /** Whether the system is known to honour that header, so that a create may be sent again. */
  readonly idempotencyHonoured: boolean;
}

export interface ErrorShape {
  /** Statuses that mean: the values were looked at and refused. */
  readonly rejected: readonly number[];
  /** Statuses that mean: there is such a record already. */
  readonly conflict: readonly number[];
  /** Where the sentence for people stands. */
  readonly message: string | null;
  /** Where the reasons by field stand. */
  readonly fields: string | null;
}

export interface StreamShape {
  readonly list: ListShape;
  /** Null: one record cannot be asked for. */
  readonly get: GetShape | null;
  readonly create: WriteShape | null;
  readonly update: UpdateShape | null;
  /** Where a record has its id. */
  readonly id: string;
  /** Where each field stands; null: the system does not have it. `{parameter}` is the id in the address of the list. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** By field: what stands on the wire for a value of ours. Of several, the first is written and all are read. */
  readonly values: Readonly<Record<string, Readonly<Record<string, WireValues>>>>;
  readonly nested?: NestedShape;
}

type WireValue = string | number | boolean;
export type WireValues = WireValue | readonly WireValue[];

export interface ListShape {
  readonly path: string;
  /** POST sends the parameters as a JSON body. */
  readonly method: "GET" | "POST";
  /** Parameters that never change. */
  readonly query: Readonly<Record<string, WireValue | null>>;
  /** The parameter that asks for what changed at a moment or later. */
  readonly since: string | null;
  /** The parameters that ask for the days from one to another. A stream without `window` in its schema uses none. */
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly paging: Partial<PagingShape>;
}

export interface GetShape {
  readonly path: string;
  readonly answer?: string;
}

export interface WriteShape {
  readonly path: string;
  readonly wrap?: string | null;
  readonly answer?: string;
}

export interface UpdateShape extends WriteShape {
  readonly method?: "PATCH" | "PUT";
  /** Keys that a whole record has when it is read and must not have when it is sent (`PUT`). */
  readonly leaveOut: readonly string[];
}

export interface NestedShape {
  /** Where the list stands in its parent. */
  readonly list: string;
  readonly id: string;
  /** Where each field stands that does not come from the parent. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** What a reading may be limited to. */
export interface Limits {
  /** An instant. */
  readonly since?: string;
  /** For streams whose schema has a `window`. */
  readonly window?: DayWindow;
}

/** A definition with any part of it left out. */
export type RestOverride = { readonly [key: string]: Value };
