import { expect } from "vitest";
import type { Told } from "./service-http.ts";

/** A problem document with all that it must have, and nothing of our insides. */
export function expectProblem(told: Told, status: number, code: string): void {
  expect({ status: told.status, code: told.json?.code }).toEqual({ status, code });
  expect(told.headers["content-type"]).toMatch(/^application\/problem\+json/);
  expect(told.headers["cache-control"]).toBe("no-store");
  expect(told.json).toEqual({
    type: `urn:syncctl:problem:${code}`,
    title: expect.any(String),
    status,
    code,
    detail: expect.stringMatching(/^[A-Z"].*\S$|^(body|query|path) #/),
    instance: expect.any(String),
    requestId: told.headers["x-request-id"],
    ...(told.json.errors ? { errors: expect.any(Array) } : {}),
  });
  expect(told.text).not.toMatch(/node_modules|\.ts:|\.js:|at \w+ \(|FST_ERR/);
}
