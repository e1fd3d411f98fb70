import type { Dispatcher } from "undici";

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  /** From the first byte sent to the last byte received, milliseconds. */
  readonly timeLimitMs: number;
  readonly answerBytesMax: number;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Why there is no whole answer.
 *
 * - `unconnected`: no connection came about, so nothing was sent.
 * - `untrusted`: the certificate of the other side is not valid; nothing was sent.
 * - `cut`: the connection ended before the whole answer had come.
 * - `malformed`: what came is not HTTP.
 * - `too-large`, `timed-out`, `cancelled`: we stopped it.
 */
export interface Trouble {
  readonly kind:
    | "unconnected"
    | "untrusted"
    | "cut"
    | "malformed"
    | "too-large"
    | "timed-out"
    | "cancelled";
  /** Whether any of the request may have left. If not, the service cannot have acted on it. */
  readonly sent: boolean;
  /** The error's code, for operators. */
  readonly cause: string;
}

export type Exchange =
  | { readonly kind: "answer"; readonly answer: WireAnswer }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

/**
 * Sends one request once and waits for the whole answer. Rejects only for a request that is no request, which is a bug
 * of the caller. It stands on `dispatch` and not on undici's `request`, because only a handler learns whether the request was written to a
 * socket, and on that hangs whether a write may be repeated.
 */
export function exchange(dispatcher: Dispatcher, request: WireRequest): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, resolve, reject);
    if (request.signal.aborted) return handler.stop("cancelled");
    const { origin, pathname, search } = request.url;
    dispatcher.dispatch(
      {
        origin,
        path: `${pathname}${search}`,
        method: request.method,
        headers: { ...request.headers },
        body: request.body,
      },
      handler,
    );
  });
}

/** Collects one answer. A class, because undici calls a handler's methods, and an exchange has a life. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #request: WireRequest;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #reject: (bug: Error) => void;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};
  #sent = false;
  #settled = false;
  #controller: Dispatcher.DispatchController | null = null;
  #timeLimit: AbortSignal | null = null;
  readonly #onCancel = () => this.stop("cancelled");
  readonly #onTimeLimit = () => this.stop("timed-out");

  constructor(
    request: WireRequest,
    resolve: (exchange: Exchange) => void,
    reject: (bug: Error) => void,
  ) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    request.signal.addEventListener("abort", this.#onCancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Stopped while the connection was being made: the request must not leave any more.
    if (this.#settled) {
      controller.abort(new Error("stopped before sending"));
      return;
    }
    this.#sent = true;
    this.#timeLimit = AbortSignal.timeout(this.#request.timeLimitMs);
    this.#timeLimit.addEventListener("abort", this.#onTimeLimit);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Interim answers such as 103 come before the real one.
    if (status < 200) return;
    this.#status = status;
    this.#headers = joinHeaders(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.answerBytesMax) this.stop("too-large");
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks, this.#bytes));
    this.#settle({
      kind: "answer",
      answer: { status: this.#status, headers: this.#headers, text },
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (codeOf(error) === "UND_ERR_INVALID_ARG") this.#reject(error);
    else this.#settle({ kind: "trouble", trouble: troubleOf(error, this.#sent) });
  }

  stop(kind: "cancelled" | "timed-out" | "too-large"): void {
    this.#settle({ kind: "trouble", trouble: { kind, sent: this.#sent, cause: kind } });
    this.#controller?.abort(new Error(kind));
  }

  #settle(exchange: Exchange): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#request.signal.removeEventListener("abort", this.#onCancel);
    this.#timeLimit?.removeEventListener("abort", this.#onTimeLimit);
    this.#resolve(exchange);
  }
}

function joinHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

function troubleOf(error: Error, sent: boolean): Trouble {
  const cause = codeOf(error);
  // The client was closed while the request was waiting or under way.
  if (cause === "UND_ERR_DESTROYED" || cause === "UND_ERR_CLOSED")
    return { kind: "cancelled", sent, cause };
  if (/^HPE_|^HTTPParserError$|HEADERS_OVERFLOW/.test(cause))
    return { kind: "malformed", sent, cause };
  if (sent) return { kind: "cut", sent, cause };
  const untrusted = /CERT|SIGNATURE|ALTNAME|ISSUER|SELF_SIGNED|ERR_SSL/.test(cause);
  return { kind: untrusted ? "untrusted" : "unconnected", sent, cause };
}

/** Node hides the code of a failed connection to several addresses in the first of several errors. */
function codeOf(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return codeOf(error.errors[0]);
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}
