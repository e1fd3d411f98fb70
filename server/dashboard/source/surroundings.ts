/* The one place where the dashboard takes the time, waits, and asks the network. */

/** Milliseconds since 1970. */
export function now(): number {
  return Date.now();
}

/** Calls back after so many milliseconds, unless the function that it gives is called before. */
export function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    after(milliseconds, resolve);
  });
}

export function ask(path: string, options: RequestInit): Promise<Response> {
  return fetch(path, options);
}
