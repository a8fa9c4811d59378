import { Marked } from "marked";
import { escapeHtml } from "./escape_html.ts";

/** A heading of a rendered text. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** Text without markup. Not escaped. */
  readonly text: string;
  readonly id: string;
}

/**
 * Markdown as HTML. Raw HTML in it is shown as text, addresses other than http, https and anchors
 * are dropped, pictures must be held in the text or lie beside the page.
 *
 * @param headings Takes the headings in their order; their ids are unique within it.
 * @param options.level How far headings are moved down, so that a page keeps one order of them.
 */
export function markdownHtml(
  markdown: string,
  headings: Heading[],
  { level = 0 }: { level?: number } = {},
): string {
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens);
        const text = this.parser.parseInline(tokens, this.parser.textRenderer);
        const heading = { level: Math.min(depth + level, 6), text: unescape(text), id: "" };
        const id = uniqueId(heading.text, headings);
        headings.push({ ...heading, id });
        return `<h${heading.level} id="${id}">${inner}</h${heading.level}>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        return /^(?:https?:\/\/|#)/.test(href)
          ? `<a href="${escapeHtml(href)}" rel="noreferrer">${inner}</a>`
          : inner;
      },
      image: ({ href, text }) =>
        /^data:image\/(?:png|jpeg);base64,[\w+\/=]+$/.test(href)
          ? `<img src="${href}" alt="${escapeHtml(text)}">`
          : `<em>${escapeHtml(text)}</em>`,
    },
  });
  return marked.parse(markdown, { async: false });
}

function uniqueId(text: string, taken: readonly Heading[]): string {
  const base = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") ||
    "section";
  const ids = new Set(taken.map(({ id }) => id));
  for (let n = 1;; ++n) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!ids.has(id)) return id;
  }
}

/** Undoes the escaping of the text renderer. */
function unescape(text: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => names[name]!);
}
