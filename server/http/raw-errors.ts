import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type Problem, problemDocument, problemType } from "./problem.ts";

/* What is so wrong that there is no request: it is answered on the bare connection, which then ends. */

const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: "headers-too-large",
    detail: "The headers or the address of the request are too large.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: "request-late",
    detail: "The request did not arrive in time.",
  },
};

const unreadable: Problem = {
  status: 400,
  code: "request-unreadable",
  detail: "The request is not written as HTTP wants it.",
};

export function answerRawError(newId: () => string) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = problems[error.code ?? ""] ?? unreadable;
    const requestId = newId();
    const body = JSON.stringify(problemDocument(problem, { instance: "", requestId }));
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `Content-Type: ${problemType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  };
}
