/**
 * The one text of a piece of plain data: keys in the order of their code units, no white space, members that are
 * `undefined` left out, numbers and texts as JSON writes them. Equal data gives equal text, whatever order it was built in.
 *
 * Throws for what is no data (a function, a Date, NaN, a hole in a list): by then it is a bug.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} is no value`);
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? listText(value) : mapText(value);
    default:
      throw new TypeError(`${typeof value} is no value`);
  }
}

function listText(list: readonly unknown[]): string {
  const parts: string[] = [];
  for (const member of list) parts.push(canonicalJson(member));
  return `[${parts.join(",")}]`;
}

function mapText(map: object): string {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("an object with a class of its own is no value");
  }
  const members = new Map<string, unknown>(Object.entries(map));
  const parts: string[] = [];
  for (const key of [...members.keys()].sort()) {
    const member = members.get(key);
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${parts.join(",")}}`;
}
