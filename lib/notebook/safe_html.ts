import { escapeHtml } from "./escape_html.ts";

/** Elements that load, run or leave the page; dropped with all that is in them. */
const DROPPED = new Set(
  "script iframe frame frameset object embed applet base link meta form noscript template foreignobject math"
    .split(" "),
);
/** Elements that text, tables and drawings are made of; of any other only the content is kept. */
const KEPT = new Set(
  ("a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure " +
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub " +
    "summary sup table tbody td tfoot th thead time tr u ul var wbr " +
    "svg g path rect circle ellipse line polyline polygon text tspan textpath title desc defs " +
    "clippath mask pattern marker use symbol lineargradient radialgradient stop image style")
    .split(" "),
);
/** Elements of HTML that have no content and no end. */
const VOID = new Set("area br col hr img input source track wbr".split(" "));
const REFERENCES = new Set("aria-labelledby aria-describedby aria-controls for headers".split(" "));
const TAG =
  /<(\/?)([a-zA-Z][\w:-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>|<!--[^]*?(?:-->|$)|<!\[CDATA\[|<[!?][^>]*>/g;
const ATTRIBUTE = /([^\s"'<>\/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * A piece of HTML or SVG that cannot run anything, load anything or break out of its place.
 *
 * Elements that could are dropped, as are event handlers and addresses outside the piece, except
 * plain links and pictures held in the text itself. End tags without a start are dropped, missing
 * ones are added. Ids get a prefix, and references to them too, so that two charts on one page do
 * not share a clip path.
 *
 * A second line of defence: our own libraries escape the text of venues, and the page forbids
 * scripts by its Content-Security-Policy.
 */
export function safeHtml(html: string, idPrefix: string): string {
  const open: string[] = [];
  let result = "";
  let dropping: string | null = null;
  let depth = 0;
  let end = 0;
  for (const match of html.matchAll(TAG)) {
    const [whole, slash, rawName, rawAttributes = ""] = match;
    if (dropping === null) result += strayText(html.slice(end, match.index));
    end = match.index + whole.length;
    if (rawName === undefined) continue;
    const name = rawName.toLowerCase();
    if (dropping !== null) {
      if (name === dropping && !isSelfClosed(rawAttributes)) depth += slash ? -1 : 1;
      if (depth === 0) dropping = null;
      continue;
    }
    if (slash) {
      const at = open.lastIndexOf(rawName);
      if (at >= 0) result += open.splice(at).reverse().map((tag) => `</${tag}>`).join("");
      continue;
    }
    if (DROPPED.has(name)) {
      if (isSelfClosed(rawAttributes) || ["base", "link", "meta", "embed"].includes(name)) continue;
      dropping = name;
      depth = 1;
      continue;
    }
    if (!KEPT.has(name)) continue;
    const isClosed = isSelfClosed(rawAttributes);
    result += `<${rawName}${safeAttributes(rawAttributes, idPrefix)}${isClosed ? "/" : ""}>`;
    if (!isClosed && !VOID.has(name)) open.push(rawName);
  }
  if (dropping === null) result += strayText(html.slice(end));
  return result + open.reverse().map((tag) => `</${tag}>`).join("");
}

/** A `<` that starts no tag is text; entities stay as they are. */
function strayText(text: string): string {
  return text.replaceAll("<", "&lt;");
}

function isSelfClosed(attributes: string): boolean {
  return attributes.trimEnd().endsWith("/");
}

function safeAttributes(attributes: string, idPrefix: string): string {
  let result = "";
  for (const [, name, double, single, bare] of attributes.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? bare;
    const safe = value === undefined ? "" : safeValue(name!.toLowerCase(), value, idPrefix);
    if (safe === null || /^(?:on|srcdoc|srcset|formaction|ping|action)/i.test(name!)) continue;
    result += value === undefined ? ` ${name}` : ` ${name}="${safe}"`;
  }
  return result;
}

/** The value with its ids prefixed; `null` if it must go. Entities in it are kept. */
function safeValue(name: string, value: string, idPrefix: string): string | null {
  const quoted = value.replaceAll('"', "&#34;").replaceAll("<", "&lt;");
  if (name === "id") return idPrefix + quoted;
  if (REFERENCES.has(name)) {
    return quoted.trim().split(/\s+/).map((id) => idPrefix + id).join(" ");
  }
  if (name === "href" || name === "xlink:href" || name === "src") {
    if (quoted.startsWith("#")) return `#${idPrefix}${quoted.slice(1)}`;
    if (name === "src" || name === "xlink:href") {
      return /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+\/=\s]*$/.test(value) ? quoted : null;
    }
    return /^(?:https?:\/\/|data:image\/png;base64,)/.test(value) ? quoted : null;
  }
  return quoted.replace(/url\((&#34;|')?#/g, (opening) => opening + idPrefix);
}

/** A piece of text as HTML, line breaks kept. */
export function preformatted(text: string): string {
  return `<pre>${escapeHtml(text)}</pre>`;
}
