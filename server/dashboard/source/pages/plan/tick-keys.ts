/** Up and down go from one tick box to the next, Home and End to the ends of what is drawn; space ticks, as everywhere. */
export function moveByKey(
  event: KeyboardEvent & { readonly currentTarget: HTMLInputElement },
): void {
  const own = event.currentTarget;
  const list = own.closest("[data-tick-list]");
  const boxes = [...(list?.querySelectorAll<HTMLInputElement>("input[data-tick]") ?? [])];
  const at = boxes.indexOf(own);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key];
  const box = to === undefined ? undefined : boxes[to];
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}
