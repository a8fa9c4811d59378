// @ts-types="@types/sanitize-html"
import sanitizeHtml from "sanitize-html";
import { escapeHtml } from "./escape_html.ts";

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[\w+/=]*$/;

/**
 * A piece of HTML that cannot run anything, load anything or break out of its place.
 *
 * Text, tables and pictures are kept, pictures only where the text itself holds them; a drawing in
 * an image element runs no script. Ids go, so that two outputs on one page cannot collide.
 */
export function safeHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, "img", "details", "summary"],
    allowedAttributes: {
      "*": ["class", "style", "title", "lang", "dir", "role", "tabindex", "aria-*"],
      a: ["href"],
      img: ["src", "alt", "width", "height"],
      td: ["colspan", "rowspan"],
      th: ["colspan", "rowspan", "scope"],
    },
    allowedSchemes: ["https", "http", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && !PICTURE.test(attribs.src ?? ""),
  });
}

/** A piece of text as HTML, line breaks kept. */
export function preformatted(text: string): string {
  return `<pre>${escapeHtml(text)}</pre>`;
}
