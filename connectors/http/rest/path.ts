/* Places in plain JSON, written as paths with dots. `definition.ts` says how. */

export type Body = { readonly [key: string]: unknown };

/** Stands for what is below a value that holds nothing below it, so that no reader takes it. */
export const misplaced = Symbol("misplaced");

/** What stands at the path; `undefined` where a part of it is missing or null on the way. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const step of stepsOf(path)) {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value) && /^\d{1,9}$/.test(step)) value = value[Number(step)];
    else if (isBody(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return misplaced;
  }
  return value;
}

/** The body with a value at the path; maps and lists on the way are made where they are missing. */
export function withValueAt(body: unknown, path: string, value: unknown): unknown {
  const [step, ...rest] = stepsOf(path);
  if (step === undefined) return value;
  const below = rest.length === 0 ? value : withValueAt(valueAt(body, step), rest.join("."), value);
  if (/^\d{1,9}$/.test(step) && !isBody(body)) {
    const list: readonly unknown[] = Array.isArray(body) ? body : [];
    const at = Number(step);
    return Array.from({ length: Math.max(list.length, at + 1) }, (_, index) =>
      index === at ? below : (list[index] ?? null),
    );
  }
  return { ...(isBody(body) && body), [step]: below };
}

/** The body without what stands at the path, and without maps that hold nothing else. A list keeps its length. */
export function withoutValueAt(body: unknown, path: string): unknown {
  const [step, ...rest] = stepsOf(path);
  if (step === undefined || !isBody(body) || !Object.hasOwn(body, step)) return body;
  const { [step]: below, ...others } = body;
  const left = rest.length === 0 ? undefined : withoutValueAt(below, rest.join("."));
  const isBare = isBody(left) && left !== below && Object.keys(left).length === 0;
  return left === undefined || isBare ? others : { ...others, [step]: left };
}

export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stepsOf(path: string): readonly string[] {
  if (path === "") return [];
  return path.includes(".") ? path.split(".") : [path];
}
