import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Set when a person follows a link: the new page takes the focus, so that it is read from its title on. */
let isFocusWanted = false;

export function wantFocus(): void {
  isFocusWanted = true;
}

/** The title of a page, what it is about, and what can be done with all of it. */
export function PageHead({
  title,
  above,
  children,
  actions,
}: {
  readonly title: string;
  /** A line above the title: where the page belongs. */
  readonly above?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · syncctl`;
  }, [title]);
  useEffect(() => {
    if (!isFocusWanted) return;
    isFocusWanted = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="page-head">
      <div class="stack-close">
        {above !== undefined && <p class="page-above">{above}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children !== undefined && <div class="page-about">{children}</div>}
      </div>
      {actions !== undefined && <div class="cluster no-print">{actions}</div>}
    </header>
  );
}
