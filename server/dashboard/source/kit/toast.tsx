import { useEffect, useState } from "preact/hooks";
import { after } from "../surroundings.ts";
import { Icon } from "./icon.tsx";

/** A word about what was just done. It is read out, and goes away by itself; what matters longer stands on the page. */
export interface ToastText {
  readonly id: number;
  readonly text: string;
  readonly look: "info" | "good" | "bad";
}

/** Long enough to read three lines twice, milliseconds. */
const shownMs = 8_000;
const shownMax = 3;

let toasts: readonly ToastText[] = [];
let newestId = 0;
let show: (toasts: readonly ToastText[]) => void = () => {};

function put(next: readonly ToastText[]): void {
  toasts = next;
  show(toasts);
}

/** Says something at the edge of the page. */
export function say(text: string, look: ToastText["look"] = "info"): void {
  newestId += 1;
  const id = newestId;
  put([...toasts.filter((each) => each.text !== text), { id, text, look }].slice(-shownMax));
  after(shownMs, () => drop(id));
}

function drop(id: number): void {
  put(toasts.filter((each) => each.id !== id));
}

/** Stands once on the page. */
export function Toasts() {
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    show = setShown;
    setShown(toasts);
    return () => {
      show = () => {};
    };
  }, []);
  return (
    <div class="toasts no-print" role="status" aria-live="polite">
      {shown.map(({ id, text, look }) => (
        <div key={id} class={`toast toast-${look}`}>
          <p>{text}</p>
          <button type="button" class="icon-button" aria-label="Close" onClick={() => drop(id)}>
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}
