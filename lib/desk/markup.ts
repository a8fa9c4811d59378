/** HTML that holds text of others only escaped. Made by {@link markup} alone. */
export interface Markup {
  readonly [HTML]: string;
}

const HTML = Symbol("html");

/** What may stand in a template: text and numbers are escaped, markup is taken as it is. */
export type MarkupPart = string | number | Markup | readonly Markup[] | null;

/**
 * HTML from a template: whatever is put in is escaped, for content and for quoted attributes, unless it
 * is markup itself; `null` is nothing. So a text that is forgotten is shown harmlessly rather than run.
 *
 * Attributes must be quoted, and no text of others may be an address, a script or a style.
 *
 * @example A title cannot become an element
 * ```ts
 * import assert from "node:assert/strict";
 * const title = "<b>&";
 * assert.equal(htmlOf(markup`<p>${title}</p>`), "<p>&#60;b&#62;&#38;</p>");
 * ```
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  const html = strings.reduce((text, string, k) => text + htmlOfPart(parts[k - 1]!) + string);
  return { [HTML]: html };
}

/** The text of markup, for the wire or a file. */
export function htmlOf(from: Markup): string {
  return from[HTML];
}

function htmlOfPart(part: MarkupPart): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") {
    return String(part).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  }
  return HTML in part ? part[HTML] : part.map((one) => one[HTML]).join("");
}
