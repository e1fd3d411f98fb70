import type { FastifyInstance } from "fastify";
import { type ProblemPart, sendProblem } from "./problem.ts";

/*
 * Texts that no database can store as they are: with the character NUL, or with half of a pair of surrogates. And bodies
 * that are nested deeper than anything that is meant.
 */

const depthMax = 32;

export function requireWellFormed(app: FastifyInstance): void {
  app.addHook("preValidation", async (request, reply) => {
    const { params, query, body } = request;
    const wrong =
      illFormed("path", params) ?? illFormed("query", query) ?? illFormed("body", body) ?? null;
    if (wrong === null) return;
    const detail = `${wrong.in} ${wrong.pointer} ${wrong.detail}.`;
    return sendProblem(request, reply, {
      status: 400,
      code: "request-invalid",
      detail,
      errors: [wrong],
    });
  });
}

/** Walks without recursion: a body of brackets would use up the stack. */
function illFormed(place: ProblemPart["in"], whole: unknown): ProblemPart | undefined {
  const found = (pointer: string, detail: string) => ({
    in: place,
    pointer: `#${pointer}`,
    detail,
  });
  const open: { readonly value: unknown; readonly at: string; readonly depth: number }[] = [
    { value: whole, at: "", depth: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at, depth } = next;
    if (typeof value === "string" && !isStorable(value)) {
      return found(at, "holds a character that cannot be stored");
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth >= depthMax) return found("", `is nested deeper than ${depthMax} levels`);
    for (const [name, member] of Object.entries(value)) {
      if (!isStorable(name)) return found(at, "has a name that cannot be stored");
      const part = encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
      open.push({ value: member, at: `${at}/${part}`, depth: depth + 1 });
    }
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}
