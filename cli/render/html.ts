import { visible } from "./visible.ts";

/** Text that is HTML already. Everything else is escaped on its way into a template. */
export interface Html {
  readonly html: string;
}

/** `html\`<p>${text}</p>\`` escapes what is put in, unless it is Html itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  return {
    html: parts.reduce((text, part, index) => {
      const value = values[index - 1];
      return text + (typeof value === "string" ? escaped(value) : (value?.html ?? "")) + part;
    }, ""),
  };
}

export function raw(text: string): Html {
  return { html: text };
}

export function joined(pieces: readonly Html[]): Html {
  return { html: pieces.map((piece) => piece.html).join("") };
}

/** Nothing when there is no value. */
export function when<T>(value: T | undefined, show: (value: T) => Html): Html {
  return value === undefined ? raw("") : show(value);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Light and dark after the reader's own setting; colours never carry a meaning alone. */
const style = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a3f47); --dim: light-dark(#59606b, #a3abb7); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; }
code, small { font-family: ui-monospace, monospace; font-size: 0.87em; overflow-wrap: anywhere; }
small, .dim, .count { color: var(--dim); }
.summary { font-size: 1.2rem; font-weight: 600; }
details { border-top: 1px solid var(--line); padding: 0.6rem 0; }
summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tbody tr { content-visibility: auto; contain-intrinsic-size: auto 4rem; }
ul { margin: 0; padding-left: 1.1rem; }
del { color: light-dark(#a3262b, #ff9a94); } ins { color: light-dark(#17692f, #7ddc93); text-decoration: none; }
.create { color: light-dark(#17692f, #7ddc93); } .update { color: light-dark(#7a5200, #f0c060); }
.link { color: light-dark(#0b5f8a, #7cc7f2); } .retire, .delete { color: light-dark(#a3262b, #ff9a94); }
.unlink { color: light-dark(#7b2d86, #e0a2ea); }
@media print { details { break-inside: avoid-page; } }
`;

/** A whole page that loads nothing and runs nothing. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}
