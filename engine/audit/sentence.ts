/** `a`, `a and b`, `a, b and c` */
export function inWords(words: readonly string[], join = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${join} ${last}`;
}

/** `1 user`, `2 users`, `1,204 users` */
export function countOf(
  number: number,
  noun: { readonly one: string; readonly many: string },
): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun.one : noun.many}`;
}
