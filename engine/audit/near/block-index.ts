/*
 * Which records have a key: one sorted list of numbers, each a key and a record. It takes 8 bytes an entry, where a map
 * of lists would take fifty. Keys are spread evenly, so that a table of where their first bits begin leads to the place.
 * Most keys that are asked for are not there; a small map of bits tells so without looking at the list.
 */

/** A record's place takes this many of the 53 bits of a number; the key takes 32. */
const placeBits = 21;
const placeRoom = 2 ** placeBits;

/** Records that one index can hold. */
export const indexRecordsMax = placeRoom;

export interface BlockIndex {
  /** The first place of the list that belongs to the key, and the first one after it that does not. */
  from(key: number): number;
  to(key: number, from: number): number;
  /** The record at a place of the list. */
  recordAt(place: number): number;
}

export interface BlockBuilder {
  add(key: number, record: number): void;
  build(): BlockIndex;
}

const startLength = 1 << 16;

export function blockBuilder(): BlockBuilder {
  let entries = new Float64Array(startLength);
  let length = 0;
  return {
    add(key, record) {
      if (length === entries.length) {
        const larger = new Float64Array(length * 2);
        larger.set(entries);
        entries = larger;
      }
      entries[length] = key * placeRoom + record;
      length += 1;
    },
    build() {
      const sorted = entries.slice(0, length).sort();
      entries = new Float64Array(0);
      return indexOver(sorted);
    },
  };
}

function indexOver(sorted: Float64Array): BlockIndex {
  const bits = Math.min(
    bucketBitsMax,
    Math.max(bucketBitsMin, Math.ceil(Math.log2(sorted.length))),
  );
  const width = 2 ** (keyBits - bits);
  const begins = beginnings(sorted, width, 2 ** bits);
  const present = presence(sorted, bits);
  const shift = keyBits - bits - presenceBitsMore;
  return {
    from(key) {
      const bit = key >>> shift;
      if (((present[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return sorted.length;
      const bucket = Math.floor(key / width);
      return lowerBound(sorted, key * placeRoom, begins[bucket] ?? 0, begins[bucket + 1] ?? 0);
    },
    to(key, from) {
      if (from === sorted.length) return from;
      const end = begins[Math.floor(key / width) + 1] ?? 0;
      return lowerBound(sorted, (key + 1) * placeRoom, from, end);
    },
    recordAt: (place) => (sorted[place] ?? 0) % placeRoom,
  };
}

const keyBits = 32;
/** About as many buckets as entries. */
const bucketBitsMin = 8;
const bucketBitsMax = 22;
/** Sixteen bits a bucket tell whether a key can be there. */
const presenceBitsMore = 4;

function presence(sorted: Float64Array, bucketBits: number): Uint32Array {
  const shift = keyBits - bucketBits - presenceBitsMore;
  const present = new Uint32Array(2 ** (bucketBits + presenceBitsMore - 5));
  for (let place = 0; place < sorted.length; place += 1) {
    const bit = Math.floor((sorted[place] ?? 0) / placeRoom) >>> shift;
    present[bit >>> 5] = (present[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return present;
}

/** Where the keys of each bucket begin; one more for the end of the last. */
function beginnings(sorted: Float64Array, width: number, buckets: number): Uint32Array {
  const begins = new Uint32Array(buckets + 1);
  let bucket = 0;
  for (let place = 0; place < sorted.length; place += 1) {
    const own = Math.floor((sorted[place] ?? 0) / placeRoom / width);
    while (bucket <= own) {
      begins[bucket] = place;
      bucket += 1;
    }
  }
  return begins.fill(sorted.length, bucket);
}

/** The first place from `start` to `end` whose number is not smaller. */
function lowerBound(sorted: Float64Array, wanted: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
